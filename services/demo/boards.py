"""Boards of the invented township: one household praised in public with its consent, another that waits to be confirmed."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Household
from rules.board_rule import BoardRule
from rules.localtime import local_day
from services import plans
from services.boards.agreeing import agree
from services.boards.deciding import confirm, tell
from services.boards.offering import offer
from services.boards.publishing import ask
from services.demo.town import Town
from services.who import actor_of

WORDS, CONSENT = "30户参评，评为卫生清洁农户", "入户时当面同意，留有签名"


def praise(session: Session, town: Town, now: datetime) -> None:
    """By the verbs that people use, on the days on which they would."""
    people = {one.login: actor_of(one) for one in session.scalars(select(Account).where(Account.login.in_(["jiwei", "fenguan"])))}
    inspector, leader = people["jiwei"], people["fenguan"]
    rule = plans.book(session).rule("household-red", local_day(now), BoardRule)
    homes = session.scalars(select(Household).order_by(Household.id).limit(2)).all()
    rows = [
        offer(session, town.township, rule, home.id, 30, "村民小组评议会评出", f"demo:{home.id}", by=inspector, now=now - timedelta(days=days))
        for home, days in zip(homes, (25, 1), strict=True)
    ]
    confirm(session, rows[0], "评议记录完整，照片属实", by=leader, now=now - timedelta(days=24))
    tell(session, rows[0], "驻村干部入户当面告知", by=inspector, now=now - timedelta(days=23))
    ask(session, rows[0], WORDS, CONSENT, by=inspector, now=now - timedelta(days=9))
    agree(session, rows[0], by=leader, now=now - timedelta(days=8))
