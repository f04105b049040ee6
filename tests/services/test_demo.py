"""The demonstration always tells its story, whatever day it is built on."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from models import Order, Round, Sanction, db
from models.access.actor import system
from models.access.session import working
from rules.localtime import LOCAL
from rules.orders import OrderState
from rules.rounds import RoundState
from services.demo.build import build
from tests.policy import load_plans

DAYS = (datetime(2026, 11, 22, 10, tzinfo=LOCAL), datetime(2027, 1, 1, 0, 5, tzinfo=LOCAL), datetime(2028, 2, 29, 23, tzinfo=LOCAL))


@pytest.mark.parametrize("day", DAYS)
def test_half_a_year_stands_with_drafts_proposals_and_a_month_to_open(app, day) -> None:
    load_plans(day - timedelta(days=400))
    passwords = build(db.engine, lambda text: text, day)
    assert len(set(passwords.values())) == len(passwords) == 12
    with working(db.engine, system("测试")) as session:
        states = dict(session.execute(select(Round.state, func.count()).group_by(Round.state)).all())
        assert states == {RoundState.FROZEN: 6, RoundState.PLANNED: 1}
        assert session.scalar(select(func.count(Sanction.id))) == 3
        found = set(session.scalars(select(Order.state)))
        assert {OrderState.DRAFT, OrderState.ISSUED, OrderState.CANCELLED} <= found
