"""A rule's page tells what the rule asks in the office's words."""

import html

from sqlalchemy import select

from models import Rule, db
from models.access.actor import system
from models.access.session import working
from tests.conftest import NOW
from tests.policy import load_plans


def test_a_deadline_reads_as_one(browse, town):
    load_plans(NOW)
    with working(db.engine, system("测试")) as session:
        number = session.scalars(select(Rule.id).where(Rule.kind == "clock")).first()
    page = html.unescape(browse("李经办").get(f"/admin/rule/details/?id={number}").text)
    assert "时长：30；最多可延长：0" in page
    for word in ("ClockRule", "Unit."):
        assert word not in page
