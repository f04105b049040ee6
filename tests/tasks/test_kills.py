"""Power cuts while messages go out: nothing lost, nothing sent under a second key, nothing marked twice."""

import os
import random
import subprocess
import sys
from collections import Counter
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from models import Notice, db
from models.access.actor import system
from models.access.session import working
from rules.notices import Channel, NoticeState
from services.outbox import queue_notice
from settings import ROOT
from tests.gateway import running
from tests.homes import NOW

KILLS, MESSAGES, SEED = 10, 80, 7


def start(app: Flask, url: str, minutes: int) -> subprocess.Popen[bytes]:
    moment = (NOW + timedelta(minutes=minutes)).isoformat()
    home = {"LIANXIN_HOME": str(app.config["LIANXIN"].home)}
    command = [sys.executable, "-m", "tests.tasks.sender", f"hook+{url}", moment]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **home})


def test_ten_kills_while_sending_lose_nothing_and_double_nothing(app: Flask) -> None:
    dice = random.Random(SEED)
    keys = [f"k{number}" for number in range(MESSAGES)]
    with working(db.engine, system("测试")) as session:
        for key in keys:
            queue_notice(session, key=key, channel=Channel.SMS, subject="提醒", to="19900000011", run_at=NOW)
        session.commit()
    with running() as (gateway, url):
        gateway.pause = 0.01
        for kill in range(KILLS):
            sender = start(app, url, 3 * kill)
            for _ in range(dice.randint(1, 6)):
                assert gateway.arrived.acquire(timeout=30)
            gateway.over.wait(dice.random() * 0.02)
            sender.kill()
            sender.wait()
        assert start(app, url, 3 * KILLS).wait(60) == 0
    repeats = Counter(request["key"] for request in gateway.requests)
    assert set(gateway.taken) == set(keys)
    assert sum(repeats.values()) - MESSAGES <= KILLS
    with working(db.engine, system("测试")) as session:
        rows = session.scalars(select(Notice)).all()
    assert sorted(row.key for row in rows) == sorted(keys)
    assert {row.state for row in rows} == {NoticeState.SENT}
