"""One month of the largest round by the verbs that the sweeps and the clerk use; the raw statement moves the same rows."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from time import perf_counter

from flask import Flask
from sqlalchemy import create_engine, func, select, text

from models import Invitation, Notice, Round, db
from models.access.actor import system
from models.access.session import working
from models.engine import prepare
from models.vault import vault
from rules.rounds import RoundState
from services.desk import Desk, standing
from services.followup.proposing import proposals
from services.gateways.ways import set_texting
from services.job_kinds import JOBS
from services.jobs import run_due
from services.rounds.sweeps import close_due, invite_due, open_due, remind_due
from services.rounds.tally import tally
from services.schema import plain_engine

BY = system("bench")
URL = "http://127.0.0.1:8000"
RAW = """INSERT INTO invitations (uid, version, area_id, area_path, round_id, assignment_id, client_id, cadre_id, serial, state,
    channel, phone_ok, why, token_hash, reminders, told_by)
  SELECT lower(hex(randomblob(16))), 1, a.area_id, a.area_path, 1, -a.id, a.client_id, a.cadre_id, 'raw-' || a.id, 'pending', 'paper', 0, '',
    lower(hex(randomblob(16))), 0, ''
  FROM assignments a JOIN clients c ON c.id = a.client_id WHERE a.until IS NULL AND c.state = 'active' ORDER BY a.id"""


def month(app: Flask, now: datetime) -> dict[str, float]:
    """Seconds of each step, and how many there were."""
    took: dict[str, float] = {"raw": raw(app)}
    set_texting(True)
    give_phones(app)

    def step(name: str, act: Callable[[], object]) -> None:
        began = perf_counter()
        act()
        took[name] = perf_counter() - began
        print(f"{name}: {took[name]:.1f} s", file=sys.stderr, flush=True)

    with others(app) as waits:
        step("open", lambda: opened(app, now))
    took["wait"] = max(waits)
    step("invite", lambda: invite_due(db.engine, now, URL))
    step("remind", lambda: remind_due(db.engine, now + timedelta(days=1), URL))
    took |= counts()
    after = now + timedelta(days=9)
    step("close", lambda: close_due(db.engine, after, URL))
    step("count", lambda: count_up(after))
    return took


def opened(app: Flask, now: datetime) -> None:
    """The sweep begins it, the worker fills it."""
    open_due(db.engine, now, URL)
    run_due(Desk(db.engine, app.config["LIANXIN"], standing(now)), JOBS)


@contextmanager
def others(app: Flask) -> Iterator[list[float]]:
    """Somebody who writes a line every twentieth of a second meanwhile; how long each had to wait."""
    waits, over = [0.0], Event()

    def write() -> None:
        engine = create_engine(app.config["LIANXIN"].database_url)
        prepare(engine)
        while not over.wait(0.05):
            began = perf_counter()
            with engine.begin() as connection:
                connection.execute(text("UPDATE accounts SET version = version WHERE id = 1"))
            waits.append(perf_counter() - began)

    thread = Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


def give_phones(app: Flask) -> None:
    """Every second enterprise has a telephone, sealed as the house seals it."""
    engine, key = plain_engine(app.config["LIANXIN"].database_url), vault()
    with engine.begin() as connection:
        ids = connection.execute(text("SELECT id, uid FROM clients WHERE id % 2 = 0")).all()
        phones = [(key.seal(f"199{n:08}", f"clients:phone:{uid}"), key.index(f"199{n:08}", "phone"), n) for n, uid in ids]
        connection.exec_driver_sql("UPDATE clients SET phone = ?, phone_index = ? WHERE id = ?", phones)


def raw(app: Flask) -> float:
    """The same rows by one statement, undone."""
    engine = plain_engine(app.config["LIANXIN"].database_url)
    with engine.connect() as connection:
        began = perf_counter()
        connection.execute(text(RAW))
        took = perf_counter() - began
        connection.rollback()
    return took


def counts() -> dict[str, float]:
    with working(db.engine, BY) as session:
        newest = session.scalar(select(func.max(Round.id)))
        asked = session.scalar(select(func.count(Invitation.id)).where(Invitation.round_id == newest)) or 0
        return {"asked": asked, "texted": session.scalar(select(func.count(Notice.id)).where(Notice.to.is_not(None))) or 0}


def count_up(now: datetime) -> None:
    """What the office's page asks before a freeze: the figures, and the orders that would follow from ten months."""
    with working(db.engine, BY) as session:
        row = session.scalars(select(Round).where(Round.state == RoundState.CLOSED)).one()
        tally(session, row)
        proposals(session, row, now)
