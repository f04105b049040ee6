"""Two workers, a clerk who takes back and another who opens, all at the same moment: one list, everybody once, or nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from models import Invitation, Round, db
from rules.rounds import RoundState
from services.desk import Desk, standing
from services.job_kinds import JOBS
from services.jobs import run_due
from services.rounds import going_on
from services.rounds.frame import frame_hash
from services.rounds.withdrawing import unopen


@pytest.fixture
def app(any_app):
    return any_app


@pytest.fixture(autouse=True)
def small_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BATCH", "AT_ONCE"):
        monkeypatch.setattr(going_on, name, 1)


def together(app, *acts) -> None:
    gate = Barrier(len(acts))

    def go(act) -> None:
        with app.app_context():
            gate.wait()
            act()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(go, acts))


def test_two_workers_open_one_round_once(app, office):
    office.open()
    desk = Desk(db.engine, app.config["LIANXIN"], standing(office.clock.now))
    together(app, lambda: run_due(desk, JOBS), lambda: run_due(desk, JOBS))
    (row,), asked = office.all(Round), office.all(Invitation)
    assert row.state is RoundState.OPEN
    assert row.frame_hash == frame_hash(f"{one.assignment_id}:{one.client_id}:{one.cadre_id}" for one in asked)
    assert [one.serial[-4:] for one in asked] == ["0001", "0002", "0003", "0004"]


def test_taken_back_while_a_worker_opens_it_nobody_stays_invited(app, office):
    number, engine, settings = office.open(), db.engine, app.config["LIANXIN"]
    now = office.clock.now
    together(app, lambda: run_due(Desk(engine, settings, standing(now)), JOBS), lambda: office.step(number, unopen))
    run_due(Desk(engine, settings, standing(now + timedelta(minutes=5))), JOBS)
    (row,) = office.all(Round)
    assert (row.state, len(office.all(Invitation)), row.frame_size) == (RoundState.PLANNED, 0, 0)
