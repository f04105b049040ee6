"""Play six months: rounds opened, answered, closed and frozen; orders signed, answered and closed."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Invitation, Order, Round
from models.access.actor import Actor, system
from rules.channels import Channel
from rules.invitations import InvitationState
from rules.localtime import local_day
from rules.months import Month
from rules.orders import OrderState
from rules.plan import Rule
from rules.survey import SurveyRule, window
from services import plans
from services.demo.town import Town
from services.followup import orders
from services.rounds.casting import Answer, cast
from services.rounds.closing import check, close
from services.rounds.freezing import freeze
from services.rounds.opening import open_round
from services.rounds.telling import tell
from services.rounds.withdrawing import unopen

OWNER = system("企业评价（演示）")
LEVELS = ("very-satisfied", "satisfied", "fair", "dissatisfied")
WEIGHTS = {"周己": (35, 45, 20, 0)}
USUAL = (59, 38, 3, 0)
# The story every demonstration tells: (months after the first, cadre) → what one of his shops said.
STORY = {(2, "周己"): "dissatisfied", (4, "周己"): "dissatisfied", (5, "钱戊实"): "fair", (5, "赵丁"): "fair"}


def play(session: Session, town: Town, first: Month, now: datetime, dice: random.Random, actors: dict[str, Actor]) -> None:
    """All closed months from `first` on; the month of `now` is left for its clerk to open. Commits each month."""
    month, present = first, Month.of(local_day(now))
    while month < present:
        survey = plans.book(session).rule("enterprise-survey", month.last, SurveyRule)
        times = window(survey.params, month, plans.calendar(session))
        told = {name: level for (n, name), level in STORY.items() if first.plus(n) == month}
        _month(session, town, survey, month, times.opens_at, times.closes_at, dice, actors, told)
        session.commit()
        _finish(session, town, month, times.closes_at, dice, actors, newest=month.next == present)
        session.commit()
        month = month.next
    survey = plans.book(session).rule("enterprise-survey", present.last, SurveyRule)
    taken_back = open_round(session, town.township, survey, present, by=actors["clerk"], now=now)
    unopen(session, taken_back, by=actors["clerk"], now=now)
    session.commit()


def _month(
    session: Session, town: Town, survey: Rule[SurveyRule], month: Month, opens: datetime, until: datetime,
    dice: random.Random, actors: dict[str, Actor], told: dict[str, str],
) -> None:  # fmt: skip
    clerk = actors["clerk"]
    round_ = open_round(session, town.township, survey, month, by=clerk, now=opens)
    asked = list(session.scalars(select(Invitation).where(Invitation.round_id == round_.id).order_by(Invitation.id)))
    names = {cadre.id: name for name, cadre in town.people.items()}
    for one in asked:
        said, moment = told.pop(names[one.cadre_id], ""), opens + (until - opens) * dice.random()
        if not said and (one.state is InvitationState.EXCLUDED or dice.random() > 0.86):
            continue
        if not said and dice.random() < 0.04:
            tell(session, one, "refuse", by=clerk, now=moment)
            continue
        level = said or dice.choices(LEVELS, WEIGHTS.get(names[one.cadre_id], USUAL))[0]
        reasons = (dice.choice(("seldom", "unsolved")),) if level in {"fair", "dissatisfied"} else ()
        cast(session, one, Answer(level, reasons, channel=Channel.PLATE), by=OWNER, now=moment)


def _finish(session: Session, town: Town, month: Month, closes: datetime, dice: random.Random, actors: dict[str, Actor], *, newest: bool) -> None:
    round_ = session.scalars(select(Round).where(Round.month == str(month), Round.area_id == town.township.id)).one()
    moment = closes + timedelta(hours=9)
    for step in (close, check, freeze):
        step(session, round_, by=actors["clerk"], now=moment)
    leader = actors["leader"]
    drafts = select(Order).where(Order.round_id == round_.id, Order.state == OrderState.DRAFT).order_by(Order.id)
    for n, order in enumerate(session.scalars(drafts).all()):
        if order.cadre_id != leader.cadre_id and not (newest and n == 0):
            _handle(session, order, moment, leader, finished=not newest)


def _handle(session: Session, order: Order, moment: datetime, leader: Actor, *, finished: bool) -> None:
    orders.issue(session, order, "企业反映上门少、事情办得慢。", "请本周内逐户上门听取意见，限期解决。", by=leader, now=moment)
    if not finished:
        return
    person = Actor("责任人", role=leader.role, cadre_id=order.cadre_id)
    orders.receive(session, order, by=person, now=moment + timedelta(days=1))
    answer = "已逐户走访，协调解决了用电增容和销路问题，企业表示满意。"
    orders.reply(session, order, answer, by=person, now=moment + timedelta(days=3))
    orders.verify(session, order, "电话回访属实。", by=leader, now=moment + timedelta(days=5))
    orders.cancel(session, order, by=leader, now=moment + timedelta(days=5))
