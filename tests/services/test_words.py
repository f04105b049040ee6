"""The index of words changes nothing but the time: what it finds is what comparing every row finds, whatever is typed."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import Area, Cadre, Enterprise, Order, db
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from models.columns import columns_of
from rules.orders import OrderState
from services.lists import hunting
from services.lists.query import Ledger
from services.lists.reader import Reader
from tests.cast import Town
from tests.servers import any_app

app = any_app
LETTERS = "石桥头村AaBbZz019-_%'\"\\*()^: 　😀éÉİıKſ\x1f"
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=7)
SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


class Open:
    """A gate that hides nothing."""

    def actor(self):
        return None

    def field_view(self, actor, model, key):
        return "plain"


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(Order, columns_of(Order), Reader(Open()))


def found(ledger: Ledger, session: ActorSession, search: str, hunted: bool = True) -> list[int]:
    ask = ledger.ask({"search": search})
    return list(session.scalars(select(ledger.pk).where(ledger.narrow(select(ledger.model), ledger.hunt(session, ask) if hunted else ask).whereclause)
                                .order_by(ledger.pk) if ask.search else select(ledger.pk).order_by(ledger.pk)))  # fmt: skip


def order(town: Town, n: int, matter: str) -> Order:
    return Order(
        number=f"Db-{n:03}", key=f"w:{n}", cadre_id=town.cadres["赵包抓"], matter=matter, state=OrderState.DRAFT,
        area_id=town.areas["样例乡"], area_path="1/",
    )  # fmt: skip


def wrote(app: Flask, session: ActorSession) -> None:
    record(session, "orders.made", "orders", by=system("测试"), now=app.config["CLOCK"]())
    session.commit()


def test_any_word_finds_what_comparing_finds(app, town, ledger):
    with working(db.engine, system("测试")) as session:

        @SLOW
        @given(st.lists(words, min_size=1, max_size=4), st.lists(words, min_size=1, max_size=3), st.integers(0, 20))
        def search(matters: list[str], asked: list[str], part: int) -> None:
            session.add_all(order(town, n, matter) for n, matter in enumerate(matters))
            session.flush()
            for text in (*asked, matters[0][part % len(matters[0]) :], " ".join(asked)):
                assert found(ledger, session, text) == found(ledger, session, text, hunted=False), text
            session.rollback()

        search()


def test_two_letters_are_enough_and_small_letters_find_great_ones(app, town, ledger):
    with working(db.engine, system("测试")) as session:
        session.add(order(town, 7, "修石桥"))
        session.add(order(town, 8, "Ab"))
        session.flush()
        for text, count in (("石桥", 1), ("桥", 1), ("桥石", 0), ("石桥 db-007", 1 if db.engine.dialect.name == "sqlite" else 0), ("Ab", 1)):
            ask = ledger.hunt(session, ledger.ask({"search": text}))
            assert len(ask.near) == len(text.split())
            assert len(found(ledger, session, text)) == count, text


def test_the_index_goes_with_every_change(app, town, ledger):
    with working(db.engine, system("测试")) as session:
        row = order(town, 1, "旧名字")
        session.add(row)
        wrote(app, session)
        row.matter = "新名字"
        session.flush()
        assert (found(ledger, session, "旧名"), found(ledger, session, "新名")) == ([], [row.id])
        session.rollback()
        assert (found(ledger, session, "旧名"), found(ledger, session, "新名")) == ([row.id], [])
        session.delete(row)
        session.flush()
        assert found(ledger, session, "名字") == []


def test_a_renamed_enterprise_is_found_by_its_new_name_and_pinyin(app, town):
    ledger = Ledger(Enterprise, columns_of(Enterprise), Reader(Open()))
    with working(db.engine, system("测试")) as session:
        one = session.scalars(select(Enterprise)).first()
        one.name = "柳湾卫星农场"
        session.flush()
        for text in ("卫星", "weixing", "柳湾 农场"):
            assert found(ledger, session, text) == [one.id], text


def test_a_rare_word_shows_nobody_more_than_he_sees(app, town, ledger):
    with working(db.engine, system("测试")) as session:
        session.add(order(town, 3, "石桥"))
        wrote(app, session)
    for name, count in (("李经办", 1), ("赵包抓", 0)):
        with ActorSession(db.engine) as session:
            session.act_for(town.actors[name])
            assert len(found(ledger, session, "石桥")) == count, name


def test_a_common_word_is_compared_row_by_row(app, town, ledger, monkeypatch):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL decides by its statistics")
    monkeypatch.setattr(hunting, "FEW", 2)
    with working(db.engine, system("测试")) as session:
        session.add_all(order(town, n, "常见") for n in range(3))
        session.flush()
        assert ledger.hunt(session, ledger.ask({"search": "常见"})).near == ()
        assert len(found(ledger, session, "常见")) == 3


def test_every_searched_column_of_a_kept_table_is_in_its_index(app):
    for model in (Order, Enterprise):
        asked = Ledger(model, columns_of(model), Reader(Open())).searched
        assert hunting.words.kept_for(model, [col.attr for col in asked]) is not None
    assert hunting.words.kept_for(Cadre, [Cadre.name]) is None
    assert hunting.words.kept_for(Area, [Area.name]) is None
