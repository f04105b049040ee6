"""A round of a county opens batch by batch: what is written stays, the list is that of the first moment, nobody is asked twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from models import Assignment, Ballot, Client, Event, Invitation, Job, Notice, Round, db
from models.access.actor import system
from models.access.session import ActorSession
from models.audit import record
from rules.clients import ClientState
from rules.jobs import JobState
from rules.rounds import RoundState
from services.desk import Desk, standing
from services.job_kinds import JOBS
from services.jobs import run_due
from services.rounds import going_on, inviting
from services.rounds.frame import frame_hash
from services.rounds.withdrawing import unopen
from services.tokens import open_invitation_for, token_of
from tests.conftest import NOW

FOUR = ["0001", "0002", "0003", "0004"]


@pytest.fixture(autouse=True)
def small_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BATCH", "AT_ONCE"):
        monkeypatch.setattr(going_on, name, 1)


class PowerCut(BaseException):
    """Nothing catches it, as nothing catches a power cut."""


@pytest.fixture
def work(app: Flask, office):
    """The worker, some minutes from now."""
    return lambda minutes=0: run_due(Desk(db.engine, app.config["LIANXIN"], standing(office.clock.now + timedelta(minutes=minutes))), JOBS)


@contextmanager
def cut_at(commit: int) -> Iterator[None]:
    """The power goes before the n-th commit from here."""
    real, turns = ActorSession.commit, []

    def cut(session: ActorSession) -> None:
        turns.append(1)
        if len(turns) == commit:
            raise PowerCut
        real(session)

    with pytest.MonkeyPatch.context() as during:
        during.setattr(ActorSession, "commit", cut)
        with pytest.raises(PowerCut):
            yield


def asked(office) -> list[str]:
    return [one.serial[-4:] for one in office.all(Invitation)]


def only(office) -> Round:
    (row,) = office.all(Round)
    return row


def told(office) -> list[str]:
    return [one.subject for one in office.all(Notice) if one.account_id == office.town.accounts["李经办"]]


def standing_list(office) -> bool:
    row, lines = only(office), [f"{one.assignment_id}:{one.client_id}:{one.cadre_id}" for one in office.all(Invitation)]
    return (row.state, row.frame_size, row.frame_hash) == (RoundState.OPEN, len(lines), frame_hash(lines))


@pytest.mark.parametrize(("limit", "state"), [(4, RoundState.OPEN), (3, RoundState.OPENING)])
def test_a_township_opens_on_the_click_and_what_is_larger_goes_to_the_background(office, monkeypatch, limit, state):
    monkeypatch.setattr(going_on, "AT_ONCE", limit)
    office.open()
    assert (only(office).state, len(asked(office))) == (state, 4 if state is RoundState.OPEN else 0)
    assert [one.verb for one in office.all(Event) if one.verb.startswith("round.")] == ["round.opened" if limit == 4 else "round.opening"]


def test_the_worker_invites_everybody_once_and_then_the_round_stands(office, work):
    office.open()
    assert work() == {"done": 1}
    assert asked(office) == FOUR
    assert standing_list(office)
    assert told(office) == ["2026年11月测评已开启，应评4家"]
    assert [one.verb for one in office.all(Event) if one.verb.startswith("round.")] == ["round.opening", "round.opened"]
    assert [(one.done, one.total) for one in office.all(Job)] == [(4, 4)]


@pytest.mark.parametrize("commit", range(1, 9))
def test_cut_off_anywhere_it_goes_on_from_there(office, work, commit):
    office.open()
    with cut_at(commit):
        work()
        raise PowerCut
    before = asked(office)
    work(5)
    assert asked(office)[: len(before)] == before
    assert asked(office) == FOUR
    assert standing_list(office)
    assert len(told(office)) == 1


def test_a_worker_that_was_thought_dead_leaves_no_trace(office, work, monkeypatch):
    office.open()
    write, turns = inviting.write, []

    def slow(session, found) -> None:
        turns.append(1)
        if len(turns) == 2:
            session.rollback()
            assert work(5) == {"done": 1}
            session.get_one(Round, only(office).id)
        write(session, found)

    monkeypatch.setattr(inviting, "write", slow)
    assert work()["done"] == 0
    assert asked(office) == FOUR
    assert standing_list(office)


def test_two_clicks_and_a_sweep_ask_for_one_job(office):
    for _click in range(3):
        office.open()
    assert len(office.all(Job)) == 1


def test_nobody_answers_before_everybody_is_asked(office, work):
    office.open()
    with cut_at(4):
        work()
    assert 0 < len(asked(office)) < 4
    with office.work() as session:
        first = session.scalars(select(Invitation)).first()
        assert open_invitation_for(session, token_of(first), NOW) is None


def test_the_list_is_that_of_the_moment_it_was_opened(office, work):
    office.open()
    with cut_at(4):
        work()
    with office.work() as session:
        held = session.scalars(select(Assignment).order_by(Assignment.id.desc())).first()
        held.until = held.since
        session.get_one(Client, held.client_id).state = ClientState.CLOSED
        session.add(Assignment(client_id=held.client_id, cadre_id=held.cadre_id, kind=held.kind, since=held.since, area=held.area))
        record(session, "test.moved", held, by=system("测试"), now=NOW)
        session.commit()
        last, new = held.id, session.scalars(select(Assignment.id).order_by(Assignment.id.desc())).first()
    work(5)
    assert last in (numbers := [one.assignment_id for one in office.all(Invitation)])
    assert new not in numbers
    assert standing_list(office)


def test_an_opening_is_taken_back_in_the_middle_and_made_again(office, work):
    number = office.open()
    with cut_at(4):
        work()
    office.step(number, unopen)
    assert only(office).state is RoundState.WITHDRAWING if len(asked(office)) > 1 else RoundState.PLANNED
    work(5)
    assert (only(office).state, asked(office), only(office).frame_size) == (RoundState.PLANNED, [], 0)
    office.open()
    work(10)
    assert asked(office) == FOUR
    assert standing_list(office)


@pytest.mark.parametrize("commit", range(1, 7))
def test_taken_back_and_cut_off_anywhere_nobody_stays_invited(office, work, commit):
    number = office.open()
    work()
    office.step(number, unopen)
    assert only(office).state is RoundState.WITHDRAWING
    with cut_at(commit):
        work(5)
        raise PowerCut
    work(10)
    assert (only(office).state, asked(office)) == (RoundState.PLANNED, [])
    assert "2026年11月测评的开启已撤回" in told(office)


def test_an_answer_written_just_then_keeps_the_round(office, work):
    number = office.open()
    work()
    office.step(number, unopen)
    with office.work() as session:
        one = session.scalars(select(Invitation)).first()
        facts = {"level": 1, "cast_at": NOW, "channel": "plate", "reasons": []}
        session.add(Ballot(invitation_id=one.id, round_id=number, cadre_id=one.cadre_id, area_id=one.area_id, area_path=one.area_path, **facts))
        session.commit()
    work(5)
    assert (only(office).state, len(asked(office))) == (RoundState.OPEN, 4)
    assert any("没有撤回" in one for one in told(office))


def test_the_page_tells_how_far_it_is_and_goes_on_where_it_stalled(office, work, browse):
    number = office.open()
    with cut_at(4):
        work()
    clerk = browse("李经办")
    assert f"应评 4 家，已备好 {len(asked(office))} 家" in clerk.get(f"/rounds/{number}").text
    assert "继续开启" not in clerk.get(f"/rounds/{number}").text
    with office.work() as session:
        session.scalars(select(Job)).one().state = JobState.FAILED
        session.commit()
    assert "继续开启" in clerk.get(f"/rounds/{number}").text
    clerk.post("/rounds/open")
    assert work(1) == {"done": 1}
    assert standing_list(office)
    assert "已备好" not in clerk.get(f"/rounds/{number}").text


def test_a_job_that_fails_for_good_tells_the_office(office, work, monkeypatch):
    office.open()
    with monkeypatch.context() as during:
        during.setattr(inviting, "write", lambda *given: 1 / 0)
        for minutes in range(0, 600, 60):
            work(minutes)
    assert [one.state for one in office.all(Job)] == [JobState.FAILED]
    assert told(office) == ["2026年11月测评正在开启时中断"]
    assert only(office).state is RoundState.OPENING
