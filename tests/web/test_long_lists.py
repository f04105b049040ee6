"""Long lists on both databases: the orders beyond what is counted, and names to pick from among thousands."""

import pytest

from models import Client, Enterprise, Order, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from portal.orders import pages
from rules.orders import OrderState
from tests.make import make
from tests.servers import any_app

app = any_app


@pytest.fixture
def many(app, town, clock, monkeypatch):
    """Eleven orders where ten are too many to sort, and thirty shops of two names beside one of its own."""
    monkeypatch.setattr(pages, "MOST", 10)
    with working(db.engine, system("测试")) as session:
        for n in range(11):
            session.add(Order(number=f"DB1-2026-{n:04}", key=f"t:{n}", cadre_id=town.cadres["赵包抓"], matter=f"事项{n}", state=OrderState.DRAFT, area_id=town.areas["样例乡"], area_path="1/"))
        for n in range(30):
            make(session, Enterprise, name=f"{('丰禾', '绿源')[n % 2]}{n:02}号店", area_id=town.areas["样例乡"], area_path="1/", phone=None)
        gone = make(session, Enterprise, name="丰禾旧店", area_id=town.areas["样例乡"], area_path="1/", phone=None)
        gone.merged_into_id = session.query(Client).order_by(Client.id).first().id
        record(session, "test.made", "测试", by=system("测试"), now=clock.now)
        session.commit()


def test_a_chip_of_more_orders_than_are_counted_shows_the_newest_first(many, browse):
    page = browse("李经办").get("/orders/?chip=draft")
    assert page.status_code == 200
    assert page.text.index("事项10") < page.text.index("事项9")


def names(browse, query: str) -> list[str]:
    found = browse("李经办").get("/admin/assignment/ajax/lookup/", query_string={"name": "client", "query": query})
    assert found.status_code == 200
    return [name for _key, name in found.json]


@pytest.mark.parametrize("few", [0, 500])  # every word is common; every word is rare
@pytest.mark.parametrize(("query", "n", "first"), [("", 20, ""), ("丰禾", 15, "丰禾00号店"), ("28号", 1, "丰禾28号店"), ("绿源 29", 1, "绿源29号店"), ("东岭", 1, "东岭合作社"), ("没有这家", 0, "")])
def test_names_are_offered_in_their_order_and_never_one_that_was_merged(many, browse, monkeypatch, few, query, n, first):
    monkeypatch.setattr("admin.links.RARE", few)
    found = names(browse, query)
    assert len(found) == n
    assert "丰禾旧店" not in found
    assert not first or found[0] == first


def test_the_chip_of_those_without_anybody_counts_them(many, browse):
    page = browse("李经办").get("/admin/enterprise/?chip=uncovered&page_size=50").text
    assert "共 30 条" in page
    assert "东岭合作社" not in page.split("<tbody")[1]
