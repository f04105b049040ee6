"""One shop written down twice: found, shown, merged with everything that hangs on it, and parted again."""

from datetime import date

import pytest
from sqlalchemy import select

from models import (
    Assignment,
    Cadre,
    Client,
    Contact,
    Double,
    Enterprise,
    Event,
    Household,
    Invitation,
    Letter,
    Plate,
    Post,
    Unit,
    db,
)
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.place import Area
from models.references import pointing_at
from rules.clients import ClientState
from rules.coverage import CoverKind
from rules.doubles import DoubleState, Facts, core_of, plain_name
from rules.errors import RuleBroken
from rules.letters import LetterKind
from rules.places import UnitKind
from rules.posts import PostKind
from services import coverage, tokens
from services.registry import merging
from services.registry.doubles import propose
from services.registry.likeness import candidates, pairs
from tests.homes import NOW

SYSTEM = system("测试")


def change(work):
    with working(db.engine, SYSTEM) as session:
        found = work(session)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
        return found


def rows(model, **facts):
    with working(db.engine, SYSTEM) as session:
        return list(session.scalars(select(model).filter_by(**facts).order_by(model.id)))


def names(state=DoubleState.OPEN):
    known = {("client", one.id): one.name for one in rows(Client)} | {("unit", one.id): one.name for one in rows(Unit)}
    known |= {("contact", one.id): one.name for one in rows(Contact)}
    return {frozenset(known[one.kind.value, n] for n in (one.first_id, one.second_id)) for one in rows(Double, state=state)}


def add(town, village, *made):
    def work(session):
        area = session.get_one(Area, town.areas[village])
        for one in made:
            one.area = area
            session.add(one)
        session.flush()
        return [one.id for one in made]

    return change(work)


def decide(verb, town, *args, who="李经办", which=0):
    pair = rows(Double)[which]
    with working(db.engine, SYSTEM) as session:
        verb(session, session.get_one(Double, pair.id), *args, by=town.actors[who], now=NOW)
        session.commit()


def test_spellings_meet_and_neighbours_in_trade_do_not():
    assert plain_name("样例县丰禾（农资）有限责任公司", ["样例县"]) == plain_name("丰禾（农资）有限公司".replace("（", "("), ["样例县"])
    assert plain_name("丰禾种植农民专业合作社") == plain_name("丰禾种植合作社")
    assert core_of("丰禾种植合作社") == "丰禾"
    assert plain_name("合作社") == core_of("合作社") == "合作社"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"name": "丰禾种植合作社"}, {"name": "丰禾种植专业合作社"}, True),
        ({"name": "东岭富民特色种植合作社"}, {"name": "东岭富强特色种植合作社"}, False),
        ({"name": "东岭1号"}, {"name": "东岭11号"}, False),
        ({"name": "东岭十一号"}, {"name": "东岭十二号"}, False),
        ({"name": "丰禾便利店", "phone": "19900000021"}, {"name": "丰禾小卖部", "phone": "19900000021"}, True),
        ({"name": "丰禾便利店", "phone": "19900000021"}, {"name": "金穗农场", "phone": "19900000021"}, False),
        ({"name": "丰禾便利店", "address": "东岭村街道12号"}, {"name": "丰禾超市便利", "address": "东岭村街道12号"}, True),
        ({"name": "春晖面馆"}, {"name": "春辉面馆"}, True),
    ],
)
def test_what_counts_as_alike(app, town, one, other, alike):
    add(town, "东岭村", Enterprise(**one), Enterprise(**other))
    propose(db.engine, NOW)
    assert (frozenset({one["name"], other["name"]}) in names()) is alike


def test_households_meet_by_their_head_units_by_their_name_and_contacts_by_their_shop(app, town):
    add(town, "东岭村", Household(name="东岭3号", head="样例甲"), Household(name="坡头一家", head="样例甲"))
    add(town, "西沟村", Household(name="西沟3号", head="样例甲"))
    add(town, "样例乡", Unit(name="便民服务中心", kind=UnitKind.WINDOW), Unit(name="便民服务 中心", kind=UnitKind.WINDOW))
    shop = town.shops["东岭合作社"]
    add(town, "东岭村", Contact(client_id=shop, name="会计", phone="19900000041"), Contact(client_id=shop, name="会计", phone="19900000042"))
    propose(db.engine, NOW)
    assert names() == {frozenset({"东岭3号", "坡头一家"}), frozenset({"便民服务中心", "便民服务 中心"}), frozenset({"会计"})}


def test_a_second_search_changes_nothing_and_forgets_what_no_longer_looks_alike(app, town):
    twins(town)
    assert propose(db.engine, NOW) == {"new": 1, "gone": 0}
    assert propose(db.engine, NOW) == {"new": 0, "gone": 0}
    change(lambda session: setattr(session.scalar(select(Client).where(Client.name == "东岭 合作社")), "name", "另一家农场"))
    change(lambda session: setattr(session.scalar(select(Client).where(Client.name == "另一家农场")), "phone", None))
    assert propose(db.engine, NOW) == {"new": 0, "gone": 1}


def test_the_search_grows_with_the_rows_and_not_with_their_square():
    def made(n):
        ends = ("种植合作社", "养殖农场", "便利店")
        spell = ["".join(chr(0x4E00 + (i * 7919 + k * 104729) % 3000) for k in range(3)) + ends[i % 3] for i in range(n)]
        return [Facts(i, f"e:{i % 4}", f"1/{i % 4}/", name, core_of(name)) for i, name in enumerate(spell)]

    compared = sum(1 for _pair in candidates(made(16_000)))
    assert 16_000 < compared < 16 * 16_000  # each with a few; each with each would be a hundred and twenty-eight million


def test_a_name_shared_by_thousands_is_no_block_to_compare_each_with_each():
    many = [Facts(n, "h", "1/2/", "一号", "一号") for n in range(3000)]
    assert len(pairs(many)) <= 10 * 3000


def twins(town, **more):
    """东岭合作社 (covered by 赵包抓) and the same once more, covered by 钱包保, with a plate, letters and a contact."""
    (second,) = add(town, "西沟村", Enterprise(name="东岭 合作社", phone="19900000011", address="样例街7号", tags="三类户", **more))

    def work(session):
        client, qian = session.get_one(Client, second), session.get_one(Cadre, town.cadres["钱包保"])
        coverage.begin(session, client, qian, CoverKind.CADRE, date(2026, 3, 1), "清单", by=SYSTEM, now=NOW)
        tokens.issue_plate(session, client, by=SYSTEM, now=NOW)
        session.add(Contact(client=client, name="会计", area=client.area))
        for one in (client, session.get_one(Client, town.shops["东岭合作社"])):
            letter = Letter(kind=LetterKind.CLEAN_FRONT, year=2026, client=one, area=one.area)
            letter.complete()
            session.add(letter)

    change(work)
    return second


def references(client_id):
    with working(db.engine, SYSTEM) as session:
        return {
            (model.__name__, key): len(session.scalars(select(model.id).where(getattr(model, key) == client_id)).all())
            for model, key in pointing_at(Client)
        }


def test_everything_that_hung_on_the_one_hangs_on_the_other(app, town):
    first, second = town.shops["东岭合作社"], twins(town)
    propose(db.engine, NOW)
    decide(merging.merge, town, first, "同一家")
    assert {n for key, n in references(second).items() if key[0] != "Client"} == {0}
    assert references(first) == {
        ("Assignment", "client_id"): 2, ("BoardEntry", "client_id"): 0, ("Check", "client_id"): 0, ("Client", "merged_into_id"): 1, ("Contact", "client_id"): 1,
        ("Invitation", "client_id"): 0, ("Letter", "client_id"): 2, ("Pick", "client_id"): 0, ("Plate", "client_id"): 1,
        ("Recusal", "client_id"): 0,
    }  # fmt: skip
    (open_one,) = [one for one in rows(Assignment, client_id=first) if one.until is None]
    assert open_one.cadre_id == town.cadres["赵包抓"]
    kept, gone = rows(Client, id=first)[0], rows(Client, id=second)[0]
    assert (kept.former_names, kept.address, kept.tags, gone.state) == ("东岭 合作社", "样例街7号", "三类户", ClientState.CLOSED)
    (event,) = [one for one in rows(Event) if one.verb == "double.merge"]
    assert f"contacts:{rows(Contact)[0].id}" in event.changes
    assert propose(db.engine, NOW) == {"new": 0, "gone": 0}


def test_every_key_that_leads_to_a_client_is_known_to_the_merge():
    told = {(table.name, column.name) for table in db.metadata.tables.values() for column in table.columns
            if any(key.column.table.name == "clients" for key in column.foreign_keys)}  # fmt: skip
    assert {(model.__tablename__, key) for model, key in pointing_at(Client)} == told
    assert len(told) >= 6


def test_what_was_merged_by_mistake_is_parted_as_it_was(app, town):
    first, second = town.shops["东岭合作社"], twins(town, credit_code="91620000MA0000001X")
    before = [(one.id, one.client_id, one.until, one.area_id) for one in rows(Assignment)], references(first), references(second)
    propose(db.engine, NOW)
    decide(merging.merge, town, first, "同一家")
    assert rows(Enterprise, id=first)[0].credit_code == "91620000MA0000001X"
    decide(merging.undo, town)
    after = [(one.id, one.client_id, one.until, one.area_id) for one in rows(Assignment)], references(first), references(second)
    assert after == before
    kept, gone = rows(Enterprise, id=first)[0], rows(Enterprise, id=second)[0]
    assert (kept.former_names, kept.address, kept.tags, kept.credit_code) == ("", "", "", None)
    assert (gone.state, gone.merged_into_id, gone.credit_code) == (ClientState.ACTIVE, None, "91620000MA0000001X")


def test_not_the_same_is_remembered_also_when_one_of_them_is_merged_elsewhere(app, town):
    first, second = town.shops["东岭合作社"], twins(town)
    propose(db.engine, NOW)
    decide(merging.differ, town, "两个社")
    assert propose(db.engine, NOW) == {"new": 0, "gone": 0}
    (third,) = add(town, "东岭村", Enterprise(name="东岭合 作社"))
    propose(db.engine, NOW)
    which = next(n for n, one in enumerate(rows(Double)) if {one.first_id, one.second_id} == {second, third} or {one.first_id, one.second_id} == {first, third})
    pair = rows(Double)[which]
    keep = third
    decide(merging.merge, town, keep, "", which=which)
    other = pair.first_id + pair.second_id - third
    left = {first, second} - {other}
    assert any({one.first_id, one.second_id} == {third, *left} for one in rows(Double, state=DoubleState.DIFFERENT))


def test_a_round_that_holds_both_is_not_shaken(office):
    town = office.town
    first, second = town.shops["东岭合作社"], twins(town)
    round_id = office.open()
    propose(db.engine, NOW)
    with pytest.raises(RuleBroken, match="还没归档的测评"):
        decide(merging.merge, town, first, "")
    assert rows(Client, id=second)[0].merged_into_id is None
    office.finish(round_id)
    decide(merging.merge, town, first, "")
    assert {one.client_id for one in rows(Invitation)} == {first, *(town.shops[name] for name in ("西沟农场", "南坪小店", "北塬饭店"))}
    office.clock.pass_by(days=28)
    office.open()
    with pytest.raises(RuleBroken, match="开过测评"):
        decide(merging.undo, town)


def test_nobody_merges_a_shop_that_rates_him(app, town):
    first, second = town.shops["东岭合作社"], twins(town)
    change(lambda session: coverage.begin(
        session, session.get_one(Client, town.shops["东岭合作社"]), session.get_one(Cadre, town.cadres["李经办"]),
        CoverKind.LEADER, date(2026, 3, 1), "清单", by=SYSTEM, now=NOW))  # fmt: skip
    propose(db.engine, NOW)
    with pytest.raises(RuleBroken, match="由您负责"):
        decide(merging.merge, town, first, "")
    assert rows(Client, id=second)[0].merged_into_id is None


def test_two_offices_with_two_heads_are_not_merged_before_one_has_ended(app, town):
    one, two = add(town, "样例乡", Unit(name="便民服务中心", kind=UnitKind.WINDOW), Unit(name="便民服务 中心", kind=UnitKind.WINDOW))

    def work(session):
        for unit, who in ((one, "赵包抓"), (two, "钱包保")):
            row = Post(title="主任", kind=PostKind.STAFF, cadre=session.get_one(Cadre, town.cadres[who]), unit=session.get_one(Unit, unit),
                       area=session.get_one(Area, town.areas["样例乡"]), since=date(2026, 1, 1))  # fmt: skip
            row.complete()
            session.add(row)

    change(work)
    propose(db.engine, NOW)
    with pytest.raises(RuleBroken, match="都有在任的“主任"):
        decide(merging.merge, town, one, "")
    change(lambda session: setattr(session.scalar(select(Post).where(Post.unit_id == two)), "until", date(2026, 6, 1)))
    decide(merging.merge, town, one, "")
    assert {post.unit_id for post in rows(Post)} == {one}
    assert len({post.slot for post in rows(Post)}) == 1


def test_both_plates_of_a_merged_shop_still_open(app, town):
    first, second = town.shops["东岭合作社"], twins(town)
    with working(db.engine, SYSTEM) as session:
        token = tokens.token_of(session.scalar(select(Plate).where(Plate.client_id == second)))
    propose(db.engine, NOW)
    decide(merging.merge, town, first, "")
    with working(db.engine, SYSTEM) as session:
        assert tokens.plate_for(session, token).client_id == first
