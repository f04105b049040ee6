"""The alarm clock: it rings on each kind of queue, only for messages that we signed, and may forget everything."""

import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis
from flask import Flask
from huey.serializer import SignedSerializer

from models import db
from models.access.actor import system
from models.access.session import working
from models.vault import vault
from rules.notices import Channel
from services.outbox import queue_notice
from tasks import timetable
from tasks.context import bind
from tasks.queue import attach, huey
from tests.homes import NOW, settings_for


@pytest.fixture
def queue(app: Flask, queue_url: str) -> Iterator[str]:
    """The attached queue, empty."""
    attach(settings_for(app.config["LIANXIN"].home, redis_url=queue_url), vault())
    huey.storage.flush_all()
    bind(app)
    yield queue_url
    huey.storage.close()


def queue_a_notice() -> None:
    with working(db.engine, system("测试")) as session:
        queue_notice(session, key="k", channel=Channel.INBOX, subject="提醒", run_at=NOW)
        session.commit()


def waiting() -> list[str]:
    return sorted(task.name for task in huey.pending())


def test_a_commit_that_leaves_work_rings_at_once(queue: str) -> None:
    queue_a_notice()
    assert waiting() == ["run_jobs", "send_messages"]


def test_a_commit_without_work_rings_nothing(queue: str) -> None:
    with working(db.engine, system("测试")) as session:
        session.commit()
    assert waiting() == []


def test_a_rolled_back_change_rings_nothing(queue: str) -> None:
    with working(db.engine, system("测试")) as session:
        queue_notice(session, key="k", channel=Channel.INBOX, subject="提醒", run_at=NOW)
        session.rollback()
        session.commit()
    assert waiting() == []


def test_what_rings_is_done(queue: str) -> None:
    queue_a_notice()
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
    with working(db.engine, system("测试")) as session:
        assert queue_notice(session, key="k", channel=Channel.INBOX, subject="", run_at=NOW).sent_at is not None


def test_everything_on_the_timetable_rings_every_minute() -> None:
    tasks = huey._registry.periodic_tasks
    assert {task.name for task in tasks} == {"sweep", "run_jobs", "send_messages"}
    assert all(task.validate_datetime(NOW.replace(hour=h, minute=m)) for task in tasks for h in (0, 23) for m in (0, 59))


def test_a_forged_message_is_refused(queue: str, tmp_path: Path) -> None:
    class Forged:
        def __reduce__(self) -> object:
            return (Path.touch, (tmp_path / "pwned",))

    strange = SignedSerializer(secret=b"another key")
    for data in (pickle.dumps(Forged()), strange.serialize(Forged()), b"nonsense"):
        huey.storage.enqueue(data)
        with pytest.raises(ValueError, match=r"Separator|Signature"):
            huey.dequeue()
    assert not (tmp_path / "pwned").exists()


def test_a_queue_that_lost_everything_loses_no_message(queue: str) -> None:
    queue_a_notice()
    huey.storage.flush_all()
    timetable.send_messages.call_local()
    with working(db.engine, system("测试")) as session:
        assert queue_notice(session, key="k", channel=Channel.INBOX, subject="", run_at=NOW).sent_at is not None


@pytest.mark.servers
def test_a_queue_that_is_away_does_not_stop_a_person(app: Flask) -> None:
    attach(settings_for(app.config["LIANXIN"].home, redis_url="redis://127.0.0.1:1/0"), vault())
    queue_a_notice()
    with pytest.raises(redis.exceptions.ConnectionError):
        huey.pending()


def test_the_sqlite_queue_has_a_file_of_its_own(app: Flask) -> None:
    home = app.config["LIANXIN"].home
    queue_a_notice()
    with closing(sqlite3.connect(home / "queue.db")) as connection:
        assert connection.execute("SELECT count(*) FROM task").fetchone()[0] == 2
