"""Two inspectors, or one in two tabs, answer for one shop at the same moment: one answer stands, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from models import Call, Check, Pick, Signer
from models.audit import record
from rules.calls import Outcome
from rules.draws import PickState
from rules.errors import RuleBroken
from services.checks import calling
from services.draws import redrawing
from tests.web.test_spot_desk import RATED, SYSTEM, drawn

FINE = {"visits": "2", "rated": "self", "problem": "solved"}


@pytest.fixture
def app(any_app):
    return any_app


@pytest.fixture
def pick(office):
    """A shop that 孙纪检 and 王主任 may both call."""
    (row,) = drawn(office, size=1).picks()
    with office.work() as session:
        session.get_one(Pick, row.id).second_id = office.town.accounts["王主任"]
        record(session, "test.changed", "test", by=SYSTEM, now=office.clock.now)
        session.commit()
    return row.id


def together(app, office, pick, *acts):
    """What each was told, None where it was done."""
    gate = Barrier(len(acts))

    def go(act):
        verb, who, *words = act
        with app.app_context(), office.work() as session:
            gate.wait()
            try:
                verb(session, session.get_one(Pick, pick), *words, by=office.town.actors[who], now=office.clock.now)
                session.commit()
            except RuleBroken as refusal:
                return refusal.code
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(go, acts))


def test_two_people_with_two_answers_leave_one_and_the_other_is_told(app, office, pick):
    said = [(calling.answer, who, {**FINE, "level": level}, "") for who, level in (("孙纪检", "fair"), ("王主任", "satisfied"), ("孙纪检", "dissatisfied"))]
    told = together(app, office, pick, *said)
    assert sorted(map(str, told)) == ["None", "pick-answered", "pick-answered"]
    (row,), (call,), (signer,) = office.all(Check), office.all(Call), office.all(Signer)
    assert (row.answers["level"], row.made_by) == (said[told.index(None)][2]["level"], said[told.index(None)][1])
    assert (call.by, signer.name) == (row.made_by, row.made_by)


def test_the_same_answer_from_two_tabs_is_one(app, office, pick):
    with office.work() as session:
        level = RATED[session.get_one(Pick, pick).client.name]
    assert together(app, office, pick, *[(calling.answer, "孙纪检", {**FINE, "level": level}, "")] * 3) == [None] * 3
    assert (len(office.all(Check)), len(office.all(Call))) == (1, 1)


def test_answered_replaced_and_given_up_at_once_only_one_of_the_three_stands(app, office, pick):
    acts = (
        (calling.answer, "王主任", {**FINE, "level": "fair"}, ""),
        (redrawing.replace, "孙纪检", "无人接听"),
        (calling.attempt, "孙纪检", Outcome.REFUSED, ""),
    )
    told = together(app, office, pick, *acts)
    with office.work() as session:
        row = session.get_one(Pick, pick)
        checks = session.scalars(select(Check).where(Check.pick_id == pick)).all()
    assert len(checks) == (told[0] is None)
    assert (row.state is PickState.REPLACED) == (len(office.all(Pick)) == 2)
    assert not (checks and row.state in {PickState.REPLACED, PickState.UNREACHABLE})
    assert None in told
