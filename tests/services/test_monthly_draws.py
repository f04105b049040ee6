"""The leader's draw of the month: frozen for him when the round is over, once, by the plan's rule (QY-2.3c)."""

from datetime import timedelta

import pytest

from models import Account, Cadre, Draw, Notice, Round, Unit, db
from models.access.actor import system
from models.audit import record
from rules.draws import DrawMethod, DrawState, FrameKind
from rules.places import UnitKind
from rules.roles import Role
from services.checks.picks import sheet_for
from services.draws.freezing import Ask, freeze
from services.draws.monthly import draw_due
from services.draws.redrawing import redraw, void
from services.rounds.closing import close

URL = "https://town.example"
RATED = {"东岭合作社": "satisfied", "西沟农场": "fair", "南坪小店": "satisfied", "北塬饭店": "very_satisfied"}


@pytest.fixture
def leader(office):
    """王主任 in a unit of his own: nobody checks his own unit."""
    change(office, lambda session: move(session, office))
    return office.town.accounts["王主任"]


def move(session, office):
    place = session.get_one(Account, office.town.accounts["王主任"]).area
    unit = Unit(name="班子", kind=UnitKind.OFFICE, area=place)
    cadre = session.get_one(Account, office.town.accounts["王主任"]).cadre
    if cadre is not None:
        session.get_one(Cadre, cadre.id).unit = unit


def change(office, work):
    with office.work() as session:
        work(session)
        record(session, "test.changed", "测试", by=system("测试"), now=office.clock.now)
        session.commit()


def told(office):
    return [one for one in office.all(Notice) if one.key.startswith("draws:")]


def closed(office, **levels):
    number = office.open()
    office.answer(number, **levels)
    office.step(number, close)
    return number


@pytest.mark.clause("QY-2.3c")
def test_when_the_round_is_over_the_leaders_list_is_frozen_by_the_rule_and_he_is_told(office, leader):
    closed(office, **RATED)
    assert draw_due(db.engine, office.clock.now, URL) == {"frozen": 1}
    (draw,) = office.all(Draw)
    assert (draw.kind, draw.method, draw.state, draw.led_by_id) == (FrameKind.BALLOTS, DrawMethod.PHONE, DrawState.FROZEN, leader)
    assert (draw.purpose, draw.frozen_by) == ("2026年11月测评抽查", "系统")
    assert draw.weights == {"低分": 3}
    assert draw.size == 4  # the plan says five, the list has four
    (line,) = told(office)
    assert (line.account_id, line.link, line.subject) == (leader, f"/draws/{draw.id}", "2026年11月测评抽查：名单已固定，等您抽取")


def test_twice_or_late_it_is_one_draw(office, leader):
    closed(office, **RATED)
    draw_due(db.engine, office.clock.now, URL)
    assert draw_due(db.engine, office.clock.now + timedelta(days=3), URL) == {}
    assert (len(office.all(Draw)), len(told(office))) == (1, 1)


@pytest.mark.parametrize(("days", "drawn"), [(40, 1), (60, 0)])
def test_after_a_power_cut_it_is_made_up_but_not_for_a_round_long_over(office, leader, days, drawn):
    closed(office, **RATED)
    draw_due(db.engine, office.clock.now + timedelta(days=days), URL)
    assert len(office.all(Draw)) == drawn


def test_an_open_round_is_not_drawn_from(office, leader):
    office.answer(office.open(), **RATED)
    assert draw_due(db.engine, office.clock.now, URL) == {}


def test_a_draw_made_void_by_hand_stays_so(office, leader):
    closed(office, **RATED)
    draw_due(db.engine, office.clock.now, URL)
    actor = office.town.actors["王主任"]
    change(office, lambda session: void(session, session.query(Draw).one(), "名单不对", by=actor, now=office.clock.now))
    assert draw_due(db.engine, office.clock.now, URL) == {}


def test_a_redraw_keeps_the_rule_and_its_weights(office, leader):
    closed(office, **RATED)
    draw_due(db.engine, office.clock.now, URL)
    actor = office.town.actors["王主任"]
    change(office, lambda session: redraw(session, session.query(Draw).one(), "骰子掉了", by=actor, now=office.clock.now))
    first, again = office.all(Draw)
    assert (again.rule_id, again.weights, again.size) == (first.rule_id, {"低分": 3}, 4)


def test_the_desk_uses_the_sheet_that_the_rule_names(office, leader):
    closed(office, **RATED)
    draw_due(db.engine, office.clock.now, URL)
    with office.work() as session:
        assert sheet_for(session, session.query(Draw).one(), office.clock.now).rule.id == "enterprise-call"


def test_without_answers_the_leader_is_told_why_once(office, leader):
    closed(office)
    for _turn in range(2):
        assert draw_due(db.engine, office.clock.now, URL) == {"frame-empty": 1}
    (line,) = told(office)
    assert line.subject == "2026年11月测评的抽查没有开成"
    assert line.body


def test_of_two_leaders_whoever_draws_first_keeps_the_duty(office, leader):
    def second(session):
        first = session.get_one(Account, leader)
        session.add(Account(login="second", email="second@invalid", fs_uniquifier="second", role=Role.LEADER, area=first.area, active=True))

    change(office, second)
    closed(office, **RATED)
    assert draw_due(db.engine, office.clock.now, URL) == {"whose": 1}
    assert (len(told(office)), office.all(Draw)) == (2, [])

    def by_hand(session):
        round_, first = session.query(Round).one(), session.get_one(Account, leader)
        ask = Ask(area=first.area, kind=FrameKind.BALLOTS, method=DrawMethod.PHONE, purpose="抽查", round=round_, size=2, led_by=first)
        freeze(session, ask, "hand:1", by=office.town.actors["王主任"], now=office.clock.now)

    change(office, by_hand)
    assert draw_due(db.engine, office.clock.now, URL) == {}
    office.clock.now += timedelta(days=30)
    closed(office, **RATED)
    assert draw_due(db.engine, office.clock.now, URL) == {"frozen": 1}
    assert office.all(Draw)[-1].led_by_id == leader
