"""Long lists are walked by keys: nothing is lost or shown twice, whatever the order, the ties and the changes between pages."""

from datetime import date
from itertools import product

import pytest
from flask import Flask

from admin import pages
from models import Order, db
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from models.columns import columns_of
from rules.orders import OrderState
from services.lists import keyset
from services.lists.query import Ledger
from services.lists.reader import Reader
from tests.cast import Town
from tests.servers import any_app

app = any_app
ROWS = 57


class Open:
    """A gate that hides nothing."""

    def actor(self):
        return None

    def field_view(self, actor, model, key):
        return "plain"


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setattr(pages, "GATHERED", 5)
    monkeypatch.setattr("services.lists.query.MOST_COUNTED", 1000)
    return Ledger(Order, columns_of(Order), Reader(Open()))


@pytest.fixture
def clerk(app: Flask, town: Town) -> ActorSession:
    """The clerk's own session on a township with 57 orders, many due on the same day and some on none."""
    with working(db.engine, system("测试")) as session:
        for n in range(ROWS):
            due = None if n % 7 == 0 else date(2026, 11, 1 + n % 3)
            session.add(order(town, n, due))
        record(session, "orders.made", "orders", by=system("测试"), now=app.config["CLOCK"]())
        session.commit()
    session = ActorSession(db.engine)
    session.act_for(town.actors["李经办"])
    yield session
    session.close()


def order(town: Town, n: int, due: date | None) -> Order:
    return Order(
        number=f"DB-{n:03}", key=f"t:{n}", cadre_id=town.cadres["赵包抓"], matter=f"事项{n}", due_on=due, state=OrderState.ISSUED,
        issued_at=None, area_id=town.areas["样例乡"], area_path="1/",
    )  # fmt: skip


def walk(ledger: Ledger, session: ActorSession, args: dict, way: str = "later", most: int = 20) -> list[list[int]]:
    found = []
    for _page in range(most):
        page = pages.page_of(ledger, {key: str(value) for key, value in args.items()}, session, None)
        found.append([line.pk for line in page.lines])
        args = getattr(page, way)
        if args is None:
            return found
    raise AssertionError("the pages have no end")


def test_the_pages_together_are_the_list(ledger, clerk):
    for sort, desc in product(("", "number", "due_on"), (0, 1)):
        args = {"sort": sort, "desc": desc, "page_size": 20}
        keys = [pk for page in walk(ledger, clerk, args) for pk in page]
        assert len(keys) == ROWS
        ask = ledger.ask({key: str(value) for key, value in args.items()})
        assert keys == [row.id for row in clerk.scalars(ledger.rows(ask))]


@pytest.mark.parametrize("sort", ["", "due_on"])
def test_back_again_are_the_same_rows(ledger, clerk, sort):
    there = [pk for page in walk(ledger, clerk, {"sort": sort}) for pk in page]
    order_ = ledger.order(ledger.ask({"sort": sort}), None)
    last = clerk.get(Order, there[-1])
    back = walk(ledger, clerk, {"sort": sort, "before": keyset.write(order_, last)}, "earlier")
    assert back[-1] == there[:20]
    assert back[0] == there[-21:-1]


def test_a_row_that_comes_between_two_pages_moves_no_other(app, ledger, clerk, town):
    first = pages.page_of(ledger, {}, clerk, None)
    seen = {line.pk for line in first.lines}
    clerk.rollback()
    with working(db.engine, system("测试")) as session:
        session.add(order(town, 900, None))
        record(session, "orders.made", "orders", by=system("测试"), now=app.config["CLOCK"]())
        session.commit()
    second = pages.page_of(ledger, {k: str(v) for k, v in first.later.items()}, clerk, None)
    assert not seen & {line.pk for line in second.lines}
    assert max(line.pk for line in second.lines) == min(seen) - 1


NONSENSE = ("x", "~", "=~1", "~99999999999", "=2026-13-45~1", "=" + "9" * 80 + "~5", "~-1", "=\0~3", "=9999-12-31T00:00~1", "~1~")


def test_a_place_that_makes_no_sense_is_a_page_and_no_error(ledger, clerk):
    for name, place, sort in product(("after", "before", "jump"), NONSENSE, ("", "number", "due_on", "issued_at", "id")):
        assert pages.page_of(ledger, {name: place, "sort": sort}, clerk, None).total == ROWS, (name, place, sort)


def test_a_jump_lands_on_the_day(ledger, clerk):
    page = pages.page_of(ledger, {"sort": "due_on", "desc": "1", "jump": "2026-11-02"}, clerk, None)
    shown = [clerk.get(Order, line.pk).due_on for line in page.lines]
    assert shown[0] == date(2026, 11, 2)
    assert page.earlier is not None


def test_an_old_address_of_a_far_page_shows_a_page(ledger, clerk):
    page = pages.page_of(ledger, {"page": "400"}, clerk, None)
    assert page.ask.page == pages.NEAR_PAGES - 1
    assert page.earlier == {"page_size": "", "page": 0} or page.earlier == {}


def test_filters_and_sorts_go_along(ledger, clerk):
    page = pages.page_of(ledger, {"sort": "number", "search": "事项", "f_state": "issued"}, clerk, None)
    assert page.later["search"] == "事项"
    assert page.later["sort"] == "number"
    assert page.later["f_state"] == "issued"


def test_walking_sees_no_more_than_the_scope(app, ledger, clerk, town):
    with ActorSession(db.engine) as session:
        session.act_for(town.actors["赵包抓"])
        assert pages.page_of(ledger, {}, session, None).lines == []  # none of his is issued
