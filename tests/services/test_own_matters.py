"""Whoever is rated can't arrange by a form who rates him, nor where his raters are reached."""

import pytest
from sqlalchemy import select

from models import Area, Assignment, Cadre, Enterprise, ReviewItem, db
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from rules.coverage import CoverKind
from rules.errors import NotAllowed, RuleBroken
from rules.places import AreaLevel
from services import coverage, ledgers


@pytest.fixture
def clerk(town, now):
    """李经办, who is rated by 北塬饭店 too."""
    with town.work() as session:
        held = session.scalars(select(Assignment).where(Assignment.client_id == town.shops["北塬饭店"])).one()
        held.cadre_id = town.cadres["李经办"]
        record(session, "test.covered", held, by=system("测试"), now=now)
        session.commit()
    return town.actors["李经办"]


@pytest.fixture
def desk(town, clerk):
    session = ActorSession(db.engine, info={"actor": clerk})
    yield session
    session.close()


def test_a_covering_cadre_reads_his_shops_and_changes_nothing(town, now):
    cadre = town.actors["赵包抓"]
    with ActorSession(db.engine, info={"actor": cadre}) as session:
        shop = session.get(Enterprise, town.shops["东岭合作社"])
        shop.phone = "19900000099"
        with pytest.raises(NotAllowed):
            ledgers.amend(session, shop, by=cadre, now=now)


@pytest.mark.parametrize(("column", "value"), [("phone", "19900000099"), ("contact", "别人"), ("state", "closed")])
def test_a_rated_clerk_does_not_move_the_contact_of_a_shop_that_rates_him(town, desk, clerk, now, column, value):
    shop = desk.get(Enterprise, town.shops["北塬饭店"])
    setattr(shop, column, value)
    with pytest.raises(RuleBroken, match="请交由其他同志"):
        ledgers.amend(desk, shop, by=clerk, now=now)


def test_he_may_note_something_on_it_and_correct_every_other_shop(town, desk, clerk, now):
    own, other = desk.get(Enterprise, town.shops["北塬饭店"]), desk.get(Enterprise, town.shops["南坪小店"])
    own.note, other.phone = "门头换新", "19900000098"
    ledgers.amend(desk, own, by=clerk, now=now)
    ledgers.amend(desk, other, by=clerk, now=now)
    desk.commit()
    assert (own.note, other.phone) == ("门头换新", "19900000098")


def test_nobody_changes_his_own_row_in_the_roster(town, desk, clerk, now):
    own, other = desk.get(Cadre, town.cadres["李经办"]), desk.get(Cadre, town.cadres["赵包抓"])
    other.post = "副主任"
    ledgers.amend(desk, other, by=clerk, now=now)
    own.phone = "19900000097"
    with pytest.raises(RuleBroken, match="本人"):
        ledgers.amend(desk, own, by=clerk, now=now)


def test_a_clerk_neither_takes_nor_sheds_a_shop_by_hand(town, clerk, now):
    with working(db.engine, clerk) as session:
        mine = session.scalars(select(Assignment).where(Assignment.cadre_id == clerk.cadre_id)).one()
        his = session.scalars(select(Assignment).where(Assignment.client_id == town.shops["东岭合作社"])).one()
        me, zhao = session.get_one(Cadre, clerk.cadre_id), session.get_one(Cadre, town.cadres["赵包抓"])
        for act in (
            lambda: coverage.hand_over(session, his, me, now.date(), "分工", by=clerk, now=now),
            lambda: coverage.hand_over(session, mine, zhao, now.date(), "分工", by=clerk, now=now),
            lambda: coverage.end(session, mine, now.date(), "分工", by=clerk, now=now),
        ):
            with pytest.raises(RuleBroken, match="涉及您本人"):
                act()


def typed(town, session, cadre, shop="东岭合作社", kind=CoverKind.LEADER, **more):
    client, holder = session.get_one(Enterprise, town.shops[shop]), session.get_one(Cadre, town.cadres[cadre])
    return Assignment(
        client=client, cadre=holder, kind=kind, since=more.get("since"), area=more.get("area") or client.area
    )


def test_a_responsibility_typed_into_the_form_keeps_the_rules_of_the_verb(town, desk, clerk, now):
    day = now.date()
    with desk.no_autoflush, pytest.raises(RuleBroken, match="涉及您本人"):
        ledgers.register(desk, typed(town, desk, "李经办", since=day), by=clerk, now=now)
    desk.rollback()
    with desk.no_autoflush, pytest.raises(RuleBroken, match="移交"):
        ledgers.register(desk, typed(town, desk, "钱包保", kind=CoverKind.CADRE, since=day), by=clerk, now=now)
    desk.rollback()
    elsewhere = desk.get(Area, town.areas["西沟村"])
    row = typed(town, desk, "钱包保", since=day, area=elsewhere)
    ledgers.register(desk, row, by=clerk, now=now)
    desk.commit()
    assert row.area_id == town.areas["东岭村"], "the enterprise's own village, whatever was typed"


def test_an_office_writes_only_the_places_below_its_own(town, desk, clerk, now):
    with town.work() as session:
        session.add(Area(name="邻乡", level=AreaLevel.TOWNSHIP, path="99/"))
        record(session, "test.area", "areas", by=clerk, now=now)
        session.commit()
    foreign = desk.scalars(select(Area).where(Area.name == "邻乡")).one()
    foreign.name = "改名乡"
    with desk.no_autoflush, pytest.raises(NotAllowed):
        ledgers.amend(desk, foreign, by=clerk, now=now)


def test_a_village_from_the_form_lies_below_its_township_and_stays_there(town, desk, clerk, now):
    township = desk.get(Area, town.areas["样例乡"])
    row = Area(name="新村", level=AreaLevel.VILLAGE, parent=township)
    ledgers.register(desk, row, by=clerk, now=now)
    desk.commit()
    assert row.path == f"{township.path}{row.id}/"
    row.parent = desk.get(Area, town.areas["东岭村"])
    with desk.no_autoflush, pytest.raises(RuleBroken, match="上级"):
        ledgers.amend(desk, row, by=clerk, now=now)


def test_doubts_are_settled_by_their_verb_only(town):
    assert not ledgers.may_screen(town.actors["李经办"], "edit", ReviewItem)
