"""The demonstration always tells its story, whatever day it is built on."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from models import (
    Area,
    AreaChange,
    Charge,
    Client,
    Contact,
    Double,
    Household,
    Letter,
    Order,
    Plate,
    Post,
    Round,
    Sanction,
    Seat,
    Team,
    Venue,
    db,
)
from models.access.actor import system
from models.access.session import working
from rules.clients import ClientKind
from rules.localtime import LOCAL, local_day
from rules.orders import OrderState
from rules.places import AreaLevel
from rules.rounds import RoundState
from services import plans
from services.demo.build import build
from services.registry import gaps, teams
from services.registry.standing_in import standing_in
from tests.policy import load_plans
from tests.rules.packs import text

DAYS = (datetime(2026, 11, 22, 10, tzinfo=LOCAL), datetime(2027, 1, 1, 0, 5, tzinfo=LOCAL), datetime(2028, 2, 29, 23, tzinfo=LOCAL))


@pytest.mark.parametrize("day", DAYS)
def test_half_a_year_stands_with_drafts_proposals_and_a_month_to_open(app, day) -> None:
    load_plans(day - timedelta(days=400))
    with working(db.engine, system("测试")) as session:
        plans.load_plan(session, text("taoling"), "taoling.toml", by=system("测试"), now=day)
        session.commit()
    passwords = build(db.engine, lambda text: text, day)
    assert len(set(passwords.values())) == len(passwords) == 12
    with working(db.engine, system("测试")) as session:
        states = dict(session.execute(select(Round.state, func.count()).group_by(Round.state)).all())
        assert states == {RoundState.FROZEN: 6, RoundState.PLANNED: 1}
        assert session.scalar(select(func.count(Sanction.id))) == 3
        found = set(session.scalars(select(Order.state)))
        assert {OrderState.DRAFT, OrderState.ISSUED, OrderState.CANCELLED} <= found
        check_registry(session, local_day(day))


def check_registry(session, day) -> None:
    """No page of the registry is empty."""
    path = session.scalars(select(Area).where(Area.level == AreaLevel.TOWNSHIP)).one().path
    for model in (Household, Venue, Contact, Post, Team, Seat, Charge, Letter, AreaChange):
        assert session.scalar(select(func.count(model.id))), model.__name__
    missing = {code for (code, gap), n in gaps.counts(session, day, path).items() if gap == "nobody" and n}
    assert {"enterprise", "household", "venue", "grid-head", "village-lead", "gridded", "letter"} <= missing
    assert {str(one.why) for one in teams.findings(session, path, day)} >= {"同一人不得兼任"}
    assert "郑辛" in [one.acting for one in standing_in(session, path, day)]
    kinds = set(session.scalars(select(Client.kind).join(Double, Double.first_id == Client.id)))
    assert kinds == {ClientKind.ENTERPRISE, ClientKind.HOUSEHOLD}
    assert session.scalars(select(Plate.revoked_why).where(Plate.revoked_at.is_not(None))).all() == ["店面翻修时丢失"]
