"""“五个到户”督查督办: visited on the spot, drawn at any time, what is found goes back for correction (SPX-5.2)."""

import re

import pytest

from models import Check, Order, db
from models.access.actor import system
from models.access.session import working
from rules.checks import CheckState
from rules.draw_rule import DrawRule
from rules.draws import DrawMethod
from rules.localtime import local_day
from rules.roles import Role
from services import plans
from services.draws.ruled import rules_for
from tests.boards import household
from tests.policy import PLANS
from tests.web.test_check_sheets import only

ITEMS = ("link", "visit", "policy", "trade", "service")


@pytest.fixture
def paper(office):
    """The plan of the other township, loaded beside."""
    by = system("载入方案")
    with working(db.engine, by) as session:
        plans.load_plan(session, (PLANS / "shangpuxi.toml").read_text("utf8"), "shangpuxi.toml", by=by, now=office.clock.now)
        session.commit()
    return office


@pytest.mark.clause("SPX-5.2")
def test_what_a_visit_finds_is_signed_by_two_and_goes_back_as_an_order(paper, browse):
    home = household(paper)
    inspector, leader = browse("孙纪检"), browse("王主任")
    opened = inspector.post("/checks/sheets/new", {"sheet": "shangpuxi-visit", "subject": home, "others": [paper.town.accounts["王主任"]]})
    path = opened.headers["Location"]
    version = re.search(r'name="version" value="(\d+)"', inspector.get(path).text).group(1)
    sent = {"move": "sign", "version": version, **{f"item-{item}": "pass" for item in ITEMS}, "item-visit": "fail"}
    assert inspector.post(path, sent).status_code == 303
    leader.post(path, {"move": "sign"})
    inspector.post(path, {"move": "order", "cadre": paper.town.cadres["赵包抓"]})
    assert only(paper, Check).state is CheckState.SIGNED
    order = only(paper, Order)
    assert "民情走访到户，记好民情日记：不合格" in order.request
    assert "实地走访、定期督查、随时抽查" in order.basis


@pytest.mark.clause("SPX-5.2")
def test_a_draw_at_any_time_is_a_rule_of_the_plan(paper):
    with paper.work() as session:
        (rule,) = [one for one in rules_for(session, Role.DISCIPLINE, local_day(paper.clock.now)) if one.clause == "SPX-5.2"]
    assert isinstance(rule.params, DrawRule)
    assert (rule.params.method, rule.params.sheet, rule.params.monthly) == (DrawMethod.RANDOM, "shangpuxi-visit", False)
