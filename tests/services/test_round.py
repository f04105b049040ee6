"""A month's satisfaction round, from the lists to what follows."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models import Area, Assignment, Ballot, Cadre, Enterprise, Invitation, Order, Result, Round, Sanction, db
from models.access.actor import system
from models.access.session import ActorSession
from models.audit import record
from rules.errors import RuleBroken
from rules.invitations import InvitationState
from rules.months import Month
from rules.orders import OrderState
from rules.rounds import RoundState
from rules.survey import SurveyRule
from services import plans
from services.coverage import hand_over
from services.followup import orders
from services.rounds.casting import Answer, cast
from services.rounds.closing import check, close, reopen
from services.rounds.freezing import correct, freeze
from services.rounds.opening import open_round
from services.tokens import asked_now, invitation_for, token_of
from tests.cast import Town
from tests.policy import load_plans

NOVEMBER = Month(2026, 11)
OWNER = system("企业评价")


class Desk:
    """The office on one day: a working session and the round of the month."""

    def __init__(self, town: Town, now: datetime) -> None:
        self.town, self.now, self.clerk = town, now, town.actors["李经办"]
        self.session = ActorSession(db.engine, info={"actor": system("测试")})

    def open(self, month: Month = NOVEMBER) -> Round:
        area = self.session.get(Area, self.town.areas["样例乡"])
        survey = plans.book(self.session).rule("enterprise-survey", month.last, SurveyRule)
        row = open_round(self.session, area, survey, month, by=self.clerk, now=self.now)
        self.session.commit()
        return row

    def invitation(self, round_: Round, shop: str) -> Invitation:
        found = select(Invitation).where(Invitation.round_id == round_.id, Invitation.client_id == self.town.shops[shop])
        return self.session.scalars(found).one()

    def answer(self, round_: Round, shop: str, level: str, **more: object) -> Ballot:
        ballot = cast(self.session, self.invitation(round_, shop), Answer(level, **more), by=OWNER, now=self.now)
        self.session.commit()
        return ballot

    def finish(self, round_: Round) -> None:
        for step in (close, check, freeze):
            step(self.session, round_, by=self.clerk, now=self.now)
            self.session.commit()


@pytest.fixture
def desk(town: Town, now: datetime):
    load_plans(now)
    desk = Desk(town, now)
    yield desk
    desk.session.close()


@pytest.mark.clause("QY-2.3b")
def test_every_enterprise_is_asked_once_about_its_cadre(desk: Desk) -> None:
    round_ = desk.open()
    asked = desk.session.scalars(select(Invitation)).all()
    assert round_.frame_size == len(asked) == 4
    assert len({one.token_hash for one in asked}) == 4


def test_opening_the_same_month_twice_gives_the_same_round(desk: Desk) -> None:
    assert desk.open().id == desk.open().id
    assert len(desk.session.scalars(select(Invitation)).all()) == 4


def test_a_month_without_assignments_is_refused_in_words(desk: Desk) -> None:
    for row in desk.session.scalars(select(Assignment)):
        row.until = desk.now.date() - timedelta(days=1)
    record(desk.session, "test.ended", "test", by=OWNER, now=desk.now)
    desk.session.commit()
    with pytest.raises(RuleBroken, match="没有在册"):
        desk.open()


def test_an_assignment_handed_over_in_the_month_keeps_the_old_person_on_the_list(desk: Desk) -> None:
    round_ = desk.open()
    asked = desk.invitation(round_, "北塬饭店")
    to = desk.session.get(Cadre, desk.town.cadres["赵包抓"])
    hand_over(desk.session, asked.assignment, to, desk.now.date(), "分工调整", by=desk.clerk, now=desk.now)
    desk.session.commit()
    assert desk.answer(round_, "北塬饭店", "satisfied").cadre_id == desk.town.cadres["钱包保"]


def test_an_answer_may_be_changed_until_the_close_and_counts_once(desk: Desk) -> None:
    round_ = desk.open()
    desk.answer(round_, "东岭合作社", "fair")
    desk.answer(round_, "东岭合作社", "very-satisfied")
    assert [one.level for one in desk.session.scalars(select(Ballot))] == [5]


def test_after_the_close_no_answer_is_taken(desk: Desk) -> None:
    round_ = desk.open()
    close(desk.session, round_, by=desk.clerk, now=desk.now)
    with pytest.raises(RuleBroken, match="已经截止"):
        desk.answer(round_, "东岭合作社", "fair")
    reopen(desk.session, round_, by=desk.clerk, now=desk.now)
    assert desk.answer(round_, "东岭合作社", "fair").level == 3


def test_a_code_opens_its_own_invitation_and_only_while_the_round_is_open(desk: Desk) -> None:
    round_ = desk.open()
    asked = desk.invitation(round_, "东岭合作社")
    assert invitation_for(desk.session, token_of(asked)).id == asked.id
    assert invitation_for(desk.session, "A" * 22) is None
    assert [one.id for one in asked_now(desk.session, asked.client_id)] == [asked.id]
    close(desk.session, round_, by=desk.clerk, now=desk.now)
    desk.session.commit()
    assert asked_now(desk.session, asked.client_id) == []


@pytest.mark.clause("QY-2.3d")
def test_a_fair_rating_leads_to_one_draft_order_with_its_basis(desk: Desk) -> None:
    round_ = desk.open()
    desk.answer(round_, "东岭合作社", "fair", reasons=("seldom",))
    desk.answer(round_, "西沟农场", "dissatisfied")
    desk.answer(round_, "北塬饭店", "satisfied")
    desk.finish(round_)
    (order,) = desk.session.scalars(select(Order)).all()
    assert order.cadre_id == desk.town.cadres["赵包抓"]
    assert order.state is OrderState.DRAFT
    assert "党委发〔2023〕77号" in order.basis


@pytest.mark.clause("QY-2.3d")
def test_an_issued_order_has_seven_working_days(desk: Desk) -> None:
    round_ = desk.open()
    desk.answer(round_, "东岭合作社", "fair")
    desk.finish(round_)
    order = desk.session.scalars(select(Order)).one()
    orders.issue(desk.session, order, "来得少", "多上门", by=desk.town.actors["王主任"], now=desk.now)
    desk.session.commit()
    assert str(order.due_on) == "2026-12-01"


@pytest.mark.clause("SQ-2.3b")
def test_the_second_dissatisfied_round_proposes_three_sanctions_and_the_first_none(desk: Desk) -> None:
    for month in (NOVEMBER, Month(2026, 12)):
        round_ = desk.open(month)
        desk.answer(round_, "东岭合作社", "dissatisfied")
        desk.finish(round_)
        found = desk.session.scalars(select(Sanction)).all()
        assert len(found) == (0 if month == NOVEMBER else 3)
        desk.now += timedelta(days=28)


@pytest.mark.clause("SQ-2.3a")
def test_results_count_answers_refusals_and_hold_back_the_mean_below_the_floor(desk: Desk) -> None:
    round_ = desk.open()
    desk.answer(round_, "东岭合作社", "very-satisfied")
    desk.answer(round_, "西沟农场", "satisfied")
    desk.finish(round_)
    result = desk.session.scalars(select(Result).where(Result.cadre_id == desk.town.cadres["赵包抓"])).one()
    assert (result.n, result.invited, result.mean) == (2, 3, None)
    assert "不足3份" in result.withheld


def test_freezing_twice_gives_one_edition_and_a_correction_a_second(desk: Desk) -> None:
    round_ = desk.open()
    desk.answer(round_, "东岭合作社", "satisfied")
    desk.finish(round_)
    first = freeze(desk.session, round_, by=desk.clerk, now=desk.now)
    second = correct(desk.session, round_, "漏录一份", by=desk.clerk, now=desk.now)
    desk.session.commit()
    assert (first.edition, second.edition) == (1, 2)
    assert round_.state is RoundState.FROZEN


def test_a_shop_with_the_cadres_own_phone_is_not_asked_until_it_is_settled(desk: Desk) -> None:
    shop = desk.session.get(Enterprise, desk.town.shops["北塬饭店"])
    shop.phone = "19900000004"
    record(desk.session, "test.amended", shop, by=OWNER, now=desk.now)
    desk.session.commit()
    asked = desk.invitation(desk.open(), "北塬饭店")
    assert asked.state is InvitationState.EXCLUDED
    assert "本人电话相同" in asked.why
