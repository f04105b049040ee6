"""红黑榜 by its verbs: two persons at every turn, nobody about himself, off when it is over or what it stood on is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models import Account, Area, BoardEntry, Check, Event, Notice, Order, Publication, db
from models.access.actor import Actor, system
from models.access.session import ActorSession
from rules.board_rule import BoardRule
from rules.boards import BoardState
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.publications import PublicationState
from rules.roles import Role
from services import plans
from services.boards import agreeing, contesting, deciding, ending, publishing
from services.boards.offering import offer
from services.boards.pressing import press_objections
from services.boards.sweeps import expire_boards, propose_boards
from services.checks import signing
from services.followup import orders
from tests.boards import URL, black, check, entry, household, published, put_forward, say, shown, told, withdrawn


def state(office, number) -> BoardState:
    return entry(office, number).state


def visible(office, who) -> list[int]:
    with ActorSession(db.engine, info={"actor": office.town.actors[who]}) as session:
        return list(session.scalars(select(BoardEntry.id)))


@pytest.mark.clause("HJ-2.1b", "HJ-3.3c")
def test_two_bad_checks_propose_once_however_often_the_sweep_runs(office):
    number = black(office)
    assert propose_boards(db.engine, office.clock.now, URL) == {}
    row = entry(office, number)
    assert (row.n, row.k, row.state, row.proposed_by) == (2, 2, BoardState.PROPOSED, "系统")
    assert "红黑榜" in row.basis
    assert [one["bad"] for one in row.evidence] == [True, True]


def test_one_bad_check_proposes_nobody(office):
    check(office, "北塬饭店", 1)
    assert propose_boards(db.engine, office.clock.now, URL) == {}


@pytest.mark.clause("HJ-2.1b")
def test_from_proposal_to_the_board_and_off_it(office):
    number = black(office)
    published(office, number)
    row, (text,) = entry(office, number), shown(office)
    assert (row.state, text.state) == (BoardState.PUBLISHED, PublicationState.LIVE)
    assert (text.name, text.place, text.asked_by, text.agreed_by) == ("北塬饭店", "西沟村", "孙纪检", "王主任")
    assert text.until_on == row.expires_on
    withdrawn(office, number)
    assert (state(office, number), shown(office)[0].state) == (BoardState.WITHDRAWN, PublicationState.WITHDRAWN)
    assert (shown(office)[0].ended_by, shown(office)[0].ended_why) == ("孙纪检", "已经整改到位")
    assert len([one for one in office.all(Event) if one.subject == f"board_entries:{number}"]) == 5


def test_whoever_put_it_forward_does_not_confirm_it_under_any_account(office):
    number = put_forward(office, "household-red", household(office))
    me = office.town.actors["孙纪检"]
    for who in (me, replace(me, account_id=office.town.accounts["王主任"])):
        with pytest.raises(NotAllowed, match="另一个人"):
            say(office, deciding.confirm, number, "评得公道", who=who)
    say(office, deciding.confirm, number, "评得公道", who="王主任")
    assert state(office, number) is BoardState.CONFIRMED


def test_the_machine_confirms_nothing(office):
    number = black(office)
    with pytest.raises(NotAllowed, match="具名的人"):
        say(office, deciding.confirm, number, "自动", who=system("测试"))


@pytest.mark.clause("HJ-2.1b", "CK-4.3a")
def test_whoever_asked_for_the_text_does_not_agree_to_it(office):
    number = black(office)
    told(office, number)
    office.clock.pass_by(days=10)
    say(office, publishing.ask, number, "检查2次发现2次", "")
    me = office.town.actors["孙纪检"]
    for who in (me, replace(me, account_id=office.town.accounts["王主任"])):
        with pytest.raises(NotAllowed, match="另一个人"):
            say(office, agreeing.agree, number, who=who)
    assert shown(office)[0].state is PublicationState.ASKED
    say(office, agreeing.agree, number, who="王主任")
    assert state(office, number) is BoardState.PUBLISHED


def test_it_is_published_once(office):
    number = black(office)
    published(office, number)
    for again in (lambda: say(office, agreeing.agree, number, who="王主任"), lambda: say(office, publishing.ask, number, "再来一次", "")):
        with pytest.raises(RuleBroken):
            again()
    assert len(shown(office)) == 1


def test_a_refused_text_goes_back_and_another_is_asked_for(office):
    number = black(office)
    told(office, number)
    office.clock.pass_by(days=10)
    say(office, publishing.ask, number, "检查2次发现2次", "")
    with pytest.raises(RuleBroken, match="已经提出公布"):
        say(office, publishing.ask, number, "再来一次", "", who="王主任")
    say(office, agreeing.refuse, number, "写清是什么问题", who="王主任")
    say(office, publishing.ask, number, "检查2次，2次发现乱堆乱放", "")
    say(office, agreeing.agree, number, who="王主任")
    assert [one.state for one in shown(office)] == [PublicationState.REFUSED, PublicationState.LIVE]


def test_nothing_is_asked_for_before_the_days_for_objections_are_over(office):
    number = black(office)
    told(office, number)
    last = entry(office, number).objection_until
    while local_day(office.clock.now) <= last:
        with pytest.raises(RuleBroken, match="异议期到"):
            say(office, publishing.ask, number, "检查2次发现2次", "")
        office.clock.pass_by(days=1)
    with pytest.raises(RuleBroken, match="期限"):
        say(office, contesting.object_, number, "没有的事")
    say(office, publishing.ask, number, "检查2次发现2次", "")


def test_nothing_is_asked_for_that_nobody_confirmed_or_was_told_of(office):
    number = black(office)
    for step in (lambda: None, lambda: say(office, deciding.confirm, number, "属实", who="王主任")):
        step()
        with pytest.raises(RuleBroken, match="不能“上榜”"):
            say(office, publishing.ask, number, "检查2次发现2次", "")
    assert shown(office) == []


def test_an_open_objection_keeps_it_off_the_board_and_whoever_confirmed_it_does_not_answer(office):
    number = black(office)
    told(office, number)
    say(office, contesting.object_, number, "那天门前是邻居的货")
    office.clock.pass_by(days=30)
    with pytest.raises(RuleBroken, match="异议还没有答复"):
        say(office, publishing.ask, number, "检查2次发现2次", "")
    with pytest.raises(NotAllowed, match="另一个人"):
        say(office, contesting.uphold, number, "照片清楚", who="王主任")
    say(office, contesting.uphold, number, "照片清楚，是自家的货")
    say(office, publishing.ask, number, "检查2次发现2次", "")
    assert "代为登记" in entry(office, number).objected_by


@pytest.mark.clause("CK-4.3a", "SPX-5.3")
def test_nobody_handles_an_entry_about_himself_his_shop_or_his_unit(office):
    number = black(office, "东岭合作社")
    leader = office.town.actors["王主任"]
    with office.work() as session:
        unit = leader.unit_id
        row = session.get_one(BoardEntry, number)
        ours = replace(leader, cadre_id=office.town.cadres["赵包抓"], name="赵包抓")
        for verb, words in ((deciding.confirm, ("属实",)), (deciding.tell, ("当面",)), (ending.withdraw, ("算了",)), (publishing.ask, ("检查2次", ""))):
            with pytest.raises(NotAllowed, match="涉及您本人"):
                verb(session, row, *words, by=ours, now=office.clock.now)
        row.client_id, row.unit_id = None, unit
        with pytest.raises(NotAllowed, match="涉及您本人"):
            deciding.confirm(session, row, "属实", by=leader, now=office.clock.now)
        row.unit_id, row.cadre_id = None, leader.cadre_id
        with pytest.raises(NotAllowed, match="涉及您本人"):
            deciding.confirm(session, row, "属实", by=leader, now=office.clock.now)
        session.rollback()


def test_whom_it_concerns_sees_it_when_he_is_told_and_his_own_clients_leader_never(office):
    black(office, "东岭合作社")
    assert (visible(office, "孙纪检"), visible(office, "赵包抓"), visible(office, "李经办")) == ([1], [], [])


@pytest.mark.clause("HJ-2.3a", "HJ-3.3a")
def test_a_household_stands_masked_and_only_with_its_consent(office):
    number = put_forward(office, "household-red", household(office, "马老三家"))
    told(office, number)
    office.clock.pass_by(days=10)
    for words, consent, why in (("30户参评，评为卫生清洁农户", "", "单独同意"), ("马老三家最干净", "11月20日当面同意", "姓名或全称")):
        with pytest.raises(RuleBroken, match=why):
            say(office, publishing.ask, number, words, consent)
    say(office, publishing.ask, number, "30户参评，评为卫生清洁农户", "11月20日当面同意")
    say(office, agreeing.agree, number, who="王主任")
    assert (shown(office)[0].name, shown(office)[0].public) == ("马**家", True)


@pytest.mark.clause("HJ-3.3a")
def test_a_black_board_of_households_stays_inside(office):
    number = put_forward(office, "household-black", household(office))
    published(office, number, "房前屋后环境卫生较差")
    assert not shown(office)[0].public


def test_a_base_too_small_and_a_second_entry_at_a_time_are_refused(office):
    home = household(office)
    with pytest.raises(RuleBroken, match="基数只有9"):
        put_forward(office, "household-red", home, n=9)
    number = put_forward(office, "household-red", home, n=10)
    assert put_forward(office, "household-red", home, n=10) == number
    with pytest.raises(RuleBroken, match="已经在这张榜上"):
        put_forward(office, "household-red", home, key="hand:2")


def test_it_runs_out_at_midnight_of_its_day_and_the_sweep_says_so_once(office):
    number = black(office)
    published(office, number)
    last = entry(office, number).expires_on
    assert last == date(2027, 2, 28)
    before = office.clock.now.replace(year=last.year, month=last.month, day=last.day, hour=0, minute=0) - timedelta(seconds=1)
    assert expire_boards(db.engine, before, URL) == {}
    after = before + timedelta(seconds=1)
    assert [expire_boards(db.engine, after, URL) for _turn in range(2)] == [{"expired": 1}, {}]
    assert (state(office, number), shown(office)[0].state) == (BoardState.EXPIRED, PublicationState.ENDED)


@pytest.mark.clause("HJ-2.1b")
def test_a_check_made_void_takes_down_what_stood_on_it_and_the_rest_counts_anew(office):
    number = black(office)
    published(office, number)
    with office.work() as session:
        row = session.scalars(select(Check).order_by(Check.id)).first()
        signing.void(session, row, "看错了门牌", by=office.town.actors["孙纪检"], now=office.clock.now)
        session.commit()
    assert (state(office, number), shown(office)[0].state) == (BoardState.WITHDRAWN, PublicationState.WITHDRAWN)
    assert propose_boards(db.engine, office.clock.now, URL) == {}
    check(office, "北塬饭店", 1)
    assert propose_boards(db.engine, office.clock.now, URL) == {"proposed": 1}


def late_orders(office, cadre: int) -> list[int]:
    """Three orders answered after their day."""
    first = office.order()
    with office.work() as session:
        known = session.get_one(Order, first)
        for n in range(3):
            made = known if not n else Order(**{c: getattr(known, c) for c in ("cadre_id", "matter", "area_id", "area_path")}, number=f"样-{n}", key=f"k{n}")
            made.state, made.issued_at, made.due_on = orders.FLOW.step(orders.FLOW.start, "issue"), office.clock.now, date(2026, 11, 1)
            made.replied_at, made.cadre_id = office.clock.now, cadre
            session.add(made)
        orders.record(session, "test.late", known, by=system("测试"), now=office.clock.now)
        session.commit()
    return [one.id for one in office.all(Order)]


@pytest.mark.clause("SJ-3.2")
def test_late_answers_propose_a_cadre_inside_he_is_told_and_objects_and_a_void_order_takes_it_down(office):
    first, *_others = late_orders(office, office.town.cadres["钱包保"])
    propose_boards(db.engine, office.clock.now, URL)
    (row,) = [one for one in office.all(BoardEntry) if one.cadre_id]
    assert (row.board, row.n, row.k) == ("工作推进滞后通报", 3, 3)
    assert visible(office, "钱包保") == []
    told(office, row.id)
    assert visible(office, "钱包保") == [row.id]
    say(office, contesting.object_, row.id, "期限内请过假", who="钱包保")
    assert entry(office, row.id).objected_by == "钱包保"
    with office.work() as session:
        orders.void(session, session.get_one(Order, first), "下错了", by=office.town.actors["王主任"], now=office.clock.now)
        session.commit()
    assert state(office, row.id) is BoardState.WITHDRAWN
    assert sum("撤下" in one.subject for one in office.all(Notice) if one.cadre_id == row.cadre_id) == 1


@pytest.mark.clause("HJ-2.3a", "HJ-3.3a")
def test_a_village_puts_its_own_households_forward_and_nobody_elses(office):
    secretary = village_secretary(office)
    here, there = household(office, "马老三家"), household(office, "丁家大院", village="西沟村")
    with pytest.raises(RuleBroken, match="请选择谁上榜"):
        offered_by(office, secretary, "household-red", there)
    with pytest.raises(RuleBroken, match="由系统按台账提出"):
        put_forward(office, "street-red", office.town.shops["东岭合作社"])
    number = offered_by(office, secretary, "household-red", here)
    assert visible(office, "东岭支书") == [number]
    put_forward(office, "household-red", there, key="hand:9")
    assert visible(office, "东岭支书") == [number]
    with pytest.raises(NotAllowed, match="您的角色不能"):
        say(office, deciding.confirm, number, "评得公道", who=secretary)
    say(office, deciding.confirm, number, "评得公道")


def village_secretary(office):
    with office.work() as session:
        area = session.get_one(Area, office.town.areas["东岭村"])
        account = Account(login="cun", role=Role.VILLAGE, holder="东岭支书", area=area, active=True, fs_uniquifier="cun", email="cun@invalid")
        session.add(account)
        session.flush()
        actor = Actor("东岭支书", Role.VILLAGE, account.id, None, None, area.path)
        orders.record(session, "test.people", account, by=system("测试"), now=office.clock.now)
        session.commit()
    office.town.actors["东岭支书"] = actor
    return actor


def offered_by(office, who, board, subject) -> int:
    with office.work() as session:
        rule = plans.book(session).rule(board, local_day(office.clock.now), BoardRule)
        area = session.scalars(select(Area).where(Area.path == who.area_path)).one()
        row = offer(session, area, rule, subject, 30, "小组评议", f"village:{subject}", by=who, now=office.clock.now)
        session.commit()
        return row.id


def test_an_unanswered_objection_is_pressed_for_before_its_day_and_every_week_after(office):
    number = black(office)
    told(office, number)
    say(office, contesting.object_, number, "不是我家的货")
    last = entry(office, number).answer_until
    office.clock.pass_by(days=(last - local_day(office.clock.now)).days - 8)
    for days, pressed in ((0, {}), (1, {"pressed": 1}), (1, {}), (7, {"pressed": 1}), (3, {}), (4, {"pressed": 1})):
        office.clock.pass_by(days=days)
        assert press_objections(db.engine, office.clock.now, URL) == pressed, days
    say(office, contesting.uphold, number, "照片清楚")
    office.clock.pass_by(days=30)
    assert press_objections(db.engine, office.clock.now, URL) == {}


def test_no_other_person_objects(office):
    number = black(office)
    told(office, number)
    with pytest.raises(NotAllowed, match="只有本人"):
        say(office, contesting.object_, number, "不服", who="钱包保")
    assert office.all(Publication) == []
