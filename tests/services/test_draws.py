"""抽查: the list is frozen, the value promised, the dice thrown, and nobody can bend who is drawn or who checks."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models import Account, Area, Cadre, Client, Draw, Event, Pick, Round, Unit, db
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from rules.draw import Member, digest, frame_hash, orders
from rules.draws import DrawMethod, DrawState, FrameKind, PickState
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.places import UnitKind
from rules.roles import Role
from rules.strata import Candidate, StratumBy
from services.draws.drawing import close, commit, reveal
from services.draws.freezing import Ask, freeze
from services.draws.recusing import conflicts, declare, end
from services.draws.redrawing import redraw, replace, void

DICE = "3 1 4 1 5 2 6 5 3 5 4 2 6 3 1 2 4 6 6 1"
LEVELS = {"东岭合作社": "dissatisfied", "西沟农场": "very_satisfied", "南坪小店": "satisfied", "北塬饭店": "satisfied"}


@pytest.fixture
def draws(office):
    """A month is answered; the inspector sits in an office of his own."""
    with office.work() as session:
        unit = Unit(name="纪委", kind=UnitKind.OFFICE, area=session.get_one(Area, office.town.areas["样例乡"]))
        session.get_one(Cadre, office.town.cadres["孙纪检"]).unit = unit
        record(session, "test.moved", "纪委", by=system("测试"), now=office.clock.now)
        session.commit()
    return Draws(office)


class Draws:
    """The verbs, each in a session of its own, by whom it is named."""

    def __init__(self, office):
        self.office, self.town, self.now = office, office.town, office.clock.now

    def ask(self, session, **more):
        area = session.get_one(Area, self.town.areas["样例乡"])
        return Ask(**{"area": area, "kind": FrameKind.CLIENTS, "method": DrawMethod.RANDOM, "purpose": "十一月随机抽查", "size": 2, **more})

    def freeze(self, key="k1", who="孙纪检", **more):
        with self.office.work() as session:
            more = {name: session.get_one(model, more[name]) for name, model in (("round", Round), ("led_by", Account)) if name in more} | {
                name: value for name, value in more.items() if name not in {"round", "led_by"}
            }
            row = freeze(session, self.ask(session, **more), key, by=self.town.actors[who], now=self.now)
            session.commit()
            return row.id

    def do(self, verb, number, *args, who="孙纪检", model=Draw):
        with self.office.work() as session:
            row = verb(session, session.get_one(model, number), *args, by=self.town.actors[who], now=self.now)
            session.commit()
            return getattr(row, "id", None)

    def drawn(self, **more):
        number = self.freeze(**more)
        self.do(commit, number)
        self.do(reveal, number, DICE)
        return number

    def get(self, number, model=Draw):
        with self.office.work() as session:
            return session.get_one(model, number)

    def picks(self, number):
        return [one for one in self.office.all(Pick) if one.draw_id == number]

    def settle(self, number):
        with self.office.work() as session:
            for one in session.scalars(select(Pick).where(Pick.draw_id == number, Pick.state == PickState.WAITING)):
                one.state = PickState.DONE
            record(session, "test.settled", session.get_one(Draw, number), by=system("测试"), now=self.now)
            session.commit()


def refused(code, call, *args, **more):
    with pytest.raises((RuleBroken, NotAllowed)) as refusal:
        call(*args, **more)
    assert refusal.value.code == code


@pytest.mark.clause("SJ-3.2")
def test_whoever_has_the_list_and_the_dice_can_redo_the_draw(draws):
    number = draws.drawn()
    row = draws.get(number)
    frame = [Member(stratum, one) for stratum, one in row.frame]
    assert row.frame_hash == frame_hash(frame)
    assert row.commitment == digest(row.server_value)
    assert row.seed == digest(row.server_value, DICE.replace(" ", ""))
    assert [one.target for one in draws.picks(number)] == list(orders(row.seed, frame)["全部"][:2])
    assert (row.number, row.state) == (f"CJ{draws.town.areas['样例乡']}-2026-0001", DrawState.DRAWN)


def test_the_server_value_stays_sealed_and_the_chain_tells_neither_list_nor_dice(draws):
    number = draws.drawn()
    value = draws.get(number).server_value
    assert value.encode() not in Path(db.engine.url.database).read_bytes()
    told = " ".join(f"{one.verb} {one.detail} {one.changes}" for one in draws.office.all(Event) if one.verb.startswith("draw."))
    assert DICE.replace(" ", "") not in told
    assert "十一月随机抽查" not in told
    assert '"frame"' not in told.replace("'", '"')


@pytest.mark.clause("QY-2.3c")
def test_low_ratings_are_drawn_more_often_and_each_stratum_at_least_once(draws):
    round_id = draws.office.month(**LEVELS)
    number = draws.freeze(kind=FrameKind.BALLOTS, round=round_id, by=(StratumBy.LEVEL,), size=2)
    row = draws.get(number)
    assert row.weights == {"低分": 3}
    assert sorted(stratum for stratum, _one in row.frame) == ["低分", "其他评价", "其他评价", "其他评价"]
    draws.do(commit, number)
    draws.do(reveal, number, DICE)
    assert {one.stratum for one in draws.picks(number)} == {"低分", "其他评价"}


def test_who_was_checked_lately_stands_in_another_stratum(draws):
    first = draws.drawn(size=1)
    draws.settle(first)
    draws.do(close, first)
    row = draws.get(draws.freeze("k2", by=(StratumBy.UNCHECKED,), size=2))
    (checked,) = draws.picks(first)
    assert ["近期核查过", checked.target] in row.frame
    assert row.weights == {"久未核查": 2}


def test_the_sample_size_follows_from_margin_and_confidence(draws):
    row = draws.get(draws.freeze(size=0, margin=10, confidence=95))
    assert (row.size, row.reckoned) == (4, "名单4个，误差±10%、置信度95%，有限总体修正后抽4个")


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("sample-too-large", {"size": 5}), ("sample-too-small", {"size": 1, "by": (StratumBy.AREA,)}), ("size-missing", {"size": 0}),
        ("purpose-missing", {"purpose": " "}), ("round-missing", {"kind": FrameKind.BALLOTS}), ("inspector-odd", {"able": (999,)}),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_before_anything_is_frozen(draws, code, more):
    refused(code, draws.freeze, **more)
    assert draws.office.all(Draw) == []


def test_a_round_without_answers_has_nothing_to_draw_from(draws):
    refused("frame-empty", draws.freeze, kind=FrameKind.BALLOTS, round=draws.office.open())


@pytest.mark.parametrize(("code", "dice"), [("dice-short", "123456"), ("dice-odd", DICE.replace("6", "7")), ("dice-short", "")])
def test_dice_that_are_none_are_refused_and_nothing_is_drawn(draws, code, dice):
    number = draws.freeze()
    draws.do(commit, number)
    refused(code, draws.do, reveal, number, dice)
    assert draws.picks(number) == []
    assert draws.get(number).state is DrawState.COMMITTED


def test_without_the_promise_there_is_no_draw(draws):
    refused("move-not-allowed", draws.do, reveal, draws.freeze(), DICE)


def test_pressed_in_two_tabs_the_promise_stays_and_the_dice_fall_once(draws):
    number = draws.freeze()
    draws.do(commit, number)
    promised = draws.get(number).commitment
    draws.do(commit, number)
    assert draws.get(number).commitment == promised
    draws.do(reveal, number, DICE)
    refused("move-not-allowed", draws.do, reveal, number, DICE)
    assert len(draws.picks(number)) == 2
    assert draws.freeze() == number


def test_a_list_that_was_touched_after_the_promise_is_no_list(draws):
    number = draws.freeze()
    draws.do(commit, number)
    with draws.office.work() as session:
        row = session.get_one(Draw, number)
        row.frame = row.frame[1:]
        record(session, "test.touched", row, by=system("测试"), now=draws.now)
        session.commit()
    refused("frame-changed", draws.do, reveal, number, DICE)


@pytest.mark.clause("SJ-3.2")
def test_nobody_checks_his_own_unit_or_a_relative(draws):
    office = draws.office
    with office.work() as session:
        session.get_one(Cadre, office.town.cadres["孙纪检"]).unit_id = session.get_one(Cadre, office.town.cadres["赵包抓"]).unit_id
        record(session, "test.moved", "同一单位", by=system("测试"), now=draws.now)
        session.commit()
    refused("nobody-free", draws.freeze)


def test_a_declared_relation_keeps_the_inspector_away_until_it_ends(draws):
    with draws.office.work() as session:
        account, shop = session.get_one(Account, draws.town.accounts["孙纪检"]), session.get_one(Client, draws.town.shops["北塬饭店"])
        area = session.get_one(Area, draws.town.areas["样例乡"])
        row = declare(session, account, shop, "店主是妹夫", area, by=draws.town.actors["孙纪检"], now=draws.now)
        again = declare(session, account, shop, "店主是妹夫", area, by=draws.town.actors["孙纪检"], now=draws.now)
        assert again is row
        session.commit()
        refused("nobody-free", draws.freeze, size=4)
        end(session, row, by=draws.town.actors["孙纪检"], now=draws.now)
        assert row.until == local_day(draws.now)
        session.commit()
    assert draws.freeze(size=4)


def test_a_relation_declared_after_the_list_refuses_every_throw_alike(draws):
    """Whoever is refused only when one shop is drawn could throw again until it isn't."""
    number = draws.freeze(size=1)
    draws.do(commit, number)
    with draws.office.work() as session:
        account, area = session.get_one(Account, draws.town.accounts["孙纪检"]), session.get_one(Area, draws.town.areas["样例乡"])
        shop = session.get_one(Client, draws.town.shops["北塬饭店"])
        declare(session, account, shop, "店主是妹夫", area, by=draws.town.actors["孙纪检"], now=draws.now)
        session.commit()
    for dice in ("123456" * 4, "654321" * 4, "112233" * 4, "445566" * 4, "111111" * 4, "222222" * 4):
        refused("nobody-free", draws.do, reveal, number, dice)
    assert draws.picks(number) == []


def test_a_new_list_for_the_same_question_after_a_void_is_a_redraw_by_whatever_door(draws):
    number = draws.drawn()
    draws.do(void, number, "现场有人打断")
    again = draws.get(draws.freeze(key="k2"))
    assert again.redraw_of_id == number
    assert draws.do(redraw, number, "再来") == again.id
    assert draws.get(draws.freeze(key="k3")).redraw_of_id is None


def test_dice_without_end_are_refused_on_every_database(draws):
    number = draws.freeze()
    draws.do(commit, number)
    refused("dice-long", draws.do, reveal, number, "123456" * 40)


@pytest.fixture
def second_account(draws):
    """赵包抓 also holds a login of the office that no cadre is linked to."""
    with draws.office.work() as session:
        row = Account(login="zhao2", role=Role.DISCIPLINE, holder="赵包抓", area_id=draws.town.areas["样例乡"], active=True, fs_uniquifier="z2", email="z2")
        session.add(row)
        session.flush()
        record(session, "test.changed", "test", by=system("测试"), now=draws.now)
        session.commit()
        return row.id


def test_under_a_second_login_nobody_checks_his_own_shops(draws, second_account):
    refused("nobody-free", draws.freeze, able=(second_account,), size=4)


def test_one_person_under_two_logins_is_not_two_inspectors(draws, second_account):
    with draws.office.work() as session:
        session.get_one(Account, second_account).holder = "孙纪检"
        record(session, "test.changed", "test", by=system("测试"), now=draws.now)
        session.commit()
    refused("inspector-twice", draws.freeze, able=(second_account, draws.town.accounts["孙纪检"]), per_target=2)
    refused("inspector-twice", draws.freeze, per_target=2)


def test_a_relation_holds_under_whichever_login_it_was_declared(draws, second_account):
    with draws.office.work() as session:
        area, shop = session.get_one(Area, draws.town.areas["样例乡"]), session.get_one(Client, draws.town.shops["北塬饭店"])
        declare(session, session.get_one(Account, draws.town.accounts["赵包抓"]), shop, "店主是妹夫", area, by=draws.town.actors["孙纪检"], now=draws.now)
        session.commit()
        assert conflicts(session, [second_account], [Candidate("1", shop.id, None, "", "")]) == {"1": [second_account]}


def test_two_inspectors_for_each_are_two_people(draws):
    both = (draws.town.accounts["孙纪检"], draws.town.accounts["王主任"])
    refused("nobody-free", draws.freeze, able=both, per_target=2)  # 王主任 sits in the unit of both cadres


@pytest.mark.clause("SJ-3.2")
def test_a_replacement_is_the_next_in_the_fixed_order_with_its_reason(draws):
    number = draws.drawn(size=2)
    row = draws.get(number)
    order = orders(row.seed, [Member(stratum, one) for stratum, one in row.frame])["全部"]
    first = draws.picks(number)[0]
    refused("reason-missing", draws.do, replace, first.id, " ", model=Pick)
    draws.do(replace, first.id, "三次无人接听", model=Pick)
    draws.do(replace, first.id, "三次无人接听", model=Pick)
    found = draws.picks(number)
    assert [one.target for one in found] == list(order[:3])
    assert (found[0].state, found[0].reason, found[2].replaces_id) == (PickState.REPLACED, "三次无人接听", first.id)


def test_where_nobody_is_left_the_gap_is_told(draws):
    number = draws.drawn(size=4)
    first = draws.picks(number)[0]
    assert draws.do(replace, first.id, "号码是空号", model=Pick) is None
    assert draws.picks(number)[0].state is PickState.UNREACHABLE


def test_a_draw_ends_when_everybody_was_seen_to(draws):
    number = draws.drawn()
    refused("picks-waiting", draws.do, close, number)
    draws.settle(number)
    draws.do(close, number)
    assert draws.get(number).state is DrawState.CLOSED


def test_a_redraw_names_the_draw_it_follows_and_why(draws):
    number = draws.drawn()
    refused("reason-missing", draws.do, redraw, number, "")
    again = draws.do(redraw, number, "名单漏了一个村")
    assert draws.do(redraw, number, "名单漏了一个村") == again
    old, new = draws.get(number), draws.get(again)
    assert (old.state, old.ended_why, new.redraw_of_id) == (DrawState.VOIDED, "名单漏了一个村", number)
    assert new.number.endswith("0002")
    refused("move-not-allowed", draws.do, void, number, "再作废一次")


@pytest.mark.clause("QY-2.3c")
def test_a_leader_draws_over_others_and_never_over_himself(draws):
    leader = draws.town.accounts["王主任"]
    with draws.office.work() as session:
        one = session.scalars(select(Cadre).where(Cadre.id == draws.town.cadres["王主任"])).one()
        one.unit = None
        record(session, "test.moved", "领导", by=system("测试"), now=draws.now)
        session.commit()
    round_id = draws.office.month(**LEVELS)
    number = draws.freeze(who="王主任", kind=FrameKind.BALLOTS, round=round_id, led_by=leader)
    refused("not-your-draw", draws.do, commit, number)  # by the discipline office
    draws.do(commit, number, who="王主任")
    draws.do(reveal, number, DICE, who="王主任")
    assert {one.inspector_id for one in draws.picks(number)} == {leader}


@pytest.mark.parametrize(
    ("who", "before", "after"), [("孙纪检", 1, 1), ("王主任", 0, 1), ("赵包抓", 0, 0), ("李经办", 0, 0), ("周系统", 0, 0), ("郑审计", 0, 0)]
)
def test_who_knows_of_a_draw_before_and_after_it_is_closed(draws, who, before, after):
    def visible():
        with ActorSession(db.engine, info={"actor": draws.town.actors[who]}) as session:
            return len(session.scalars(select(Draw)).all()), len(session.scalars(select(Pick)).all())

    number = draws.drawn()
    assert visible() == (before, 2 * before)
    draws.settle(number)
    draws.do(close, number)
    assert visible() == (after, 2 * after)


def test_a_cadre_or_clerk_cannot_draw(draws):
    for who in ("李经办", "赵包抓"):
        refused("not-allowed", draws.freeze, who=who)
    with working(db.engine, system("测试")) as session:
        assert session.scalars(select(Draw)).all() == []
