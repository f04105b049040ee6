"""Orders near their day and late: reminded, told level by level, pressed for once a day, extended by another (ZF-3.3, JF-3.4d)."""

from datetime import date, timedelta

import pytest

from models import Extension, Notice, Order, db
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from services import plans
from services.followup import extending, orders
from services.followup.laddering import climb
from services.followup.urging import urge

URL = "https://town.example"
REPLY = "已上门三次，用电增容的事约好供电所周五来办。"


def act(office, verb, *words, who="赵包抓"):
    with office.work() as session:
        verb(session, session.get_one(Order, office.all(Order)[0].id), *words, by=office.town.actors[who], now=office.clock.now)
        session.commit()


def order(office) -> Order:
    return office.all(Order)[0]


def told(office, words: str) -> list[str]:
    """Who was told so, by name."""
    names = {("c", number): name for name, number in office.town.cadres.items()} | {("a", number): name for name, number in office.town.accounts.items()}
    return sorted(names["c" if one.cadre_id else "a", one.cadre_id or one.account_id] for one in office.all(Notice) if words in one.subject)


def working_day(office, n: int) -> date:
    """The n-th working day after the last one of the order."""
    due = order(office).due_on
    with office.work() as session:
        return plans.calendar(session).add_workdays(due, n)


def on(office, day: date) -> None:
    """The sweep's turn on that day."""
    office.clock.pass_by(days=(day - local_day(office.clock.now)).days)
    climb(db.engine, office.clock.now, URL)


@pytest.mark.clause("JF-3.4d", "ZF-3.3")
def test_it_reminds_before_the_day_and_climbs_level_by_level_once(office):
    office.order()
    due = order(office).due_on
    assert climb(db.engine, office.clock.now, URL) == {}
    on(office, due)
    assert (told(office, "快到期"), told(office, "已超期")) == (["赵包抓"], [])
    on(office, working_day(office, 1))
    on(office, working_day(office, 2))
    assert told(office, "已超期") == ["李经办", "赵包抓"]
    on(office, working_day(office, 6))
    assert told(office, "已超期") == ["孙纪检", "李经办", "王主任", "赵包抓", "赵包抓"]
    assert climb(db.engine, office.clock.now, URL) == {}
    assert told(office, "快到期") == ["赵包抓"]


def test_after_weeks_without_a_machine_every_level_is_told_at_once(office):
    office.order()
    on(office, order(office).due_on + timedelta(days=40))
    assert told(office, "快到期") == []
    assert told(office, "已超期") == ["孙纪检", "李经办", "王主任", "赵包抓", "赵包抓"]


def test_what_is_answered_climbs_no_further(office):
    office.order()
    on(office, working_day(office, 2))
    act(office, orders.reply, REPLY)
    on(office, local_day(office.clock.now) + timedelta(days=20))
    assert told(office, "已超期") == ["李经办", "赵包抓"]


@pytest.mark.clause("SGD-4.4b")
def test_the_office_presses_once_a_day_and_the_count_is_kept(office):
    office.order()
    act(office, urge, who="李经办")
    with pytest.raises(RuleBroken, match="一天催一次"):
        act(office, urge, who="王主任")
    office.clock.pass_by(days=1)
    act(office, urge, who="孙纪检")
    assert (order(office).urged, told(office, "请尽快办理")) == (2, ["赵包抓", "赵包抓"])
    assert order(office).moved_at == office.clock.now  # followed up today


def test_nobody_presses_himself_and_nothing_that_is_answered_is_pressed_for(office):
    office.order()
    with pytest.raises(NotAllowed):
        act(office, urge, who="赵包抓")
    act(office, orders.reply, REPLY)
    with pytest.raises(RuleBroken, match="当前为“已答复”，不能“催办”"):
        act(office, urge, who="李经办")


@pytest.mark.clause("JF-3.4d")
def test_more_time_is_asked_for_and_granted_by_another_and_the_first_day_stays(office):
    office.order()
    first = order(office).due_on
    act(office, extending.ask_extension, "3", "供电所下周才能来")
    assert order(office).due_on == first
    act(office, extending.agree_extension, "情况属实", who="王主任")
    now, row = order(office), office.all(Extension)[0]
    assert now.first_due_on == first < now.due_on
    assert (row.agreed, row.due_before, row.due_after, row.decided_by) == (True, first, now.due_on, "王主任")
    assert told(office, f"同意延期到{now.due_on}") == ["赵包抓"]
    assert told(office, "申请延期，请审批") == ["孙纪检", "王主任"]
    assert climb(db.engine, office.clock.now, URL) == {}
    on(office, first + timedelta(days=1))
    assert told(office, "已超期") == []


def test_a_refused_request_leaves_the_day_and_another_may_be_made(office):
    office.order()
    first = order(office).due_on
    act(office, extending.ask_extension, "3", "供电所下周才能来")
    act(office, extending.refuse_extension, "一周够了", who="孙纪检")
    assert (order(office).due_on, order(office).first_due_on) == (first, None)
    with pytest.raises(RuleBroken, match="没有等待审批的延期申请"):
        act(office, extending.agree_extension, "好", who="王主任")
    act(office, extending.ask_extension, "1", "差一天")


def test_two_extensions_together_stay_within_what_the_plan_allows(office):
    office.order()
    act(office, extending.ask_extension, "5", "停电检修")
    act(office, extending.agree_extension, "属实", who="王主任")
    with pytest.raises(RuleBroken, match="最多可延长7个工作日，不能延长8个工作日"):
        act(office, extending.ask_extension, "3", "还要检修")
    act(office, extending.ask_extension, "2", "还要检修")
    act(office, extending.agree_extension, "属实", who="王主任")
    assert order(office).extended == 7


@pytest.mark.parametrize(("amount", "reason", "said"), [("", "忙", "整数"), ("三", "忙", "整数"), ("-1", "忙", "整数"), ("0", "忙", "整数"), ("1.5", "忙", "整数"), ("99999999", "忙", "整数"), ("3", " ", "理由"), ("8", "忙", "最多可延长7")])
def test_an_odd_request_is_refused_in_words(office, amount, reason, said):
    office.order()
    with pytest.raises(RuleBroken, match=said):
        act(office, extending.ask_extension, amount, reason)
    assert office.all(Extension) == []


def test_after_the_last_day_it_is_too_late_unless_the_order_came_back(office):
    office.order()
    office.clock.pass_by(days=(order(office).due_on - local_day(office.clock.now)).days)
    act(office, orders.reply, REPLY)
    office.clock.pass_by(days=1)
    act(office, orders.send_back, "供电所没来", who="王主任")
    act(office, extending.ask_extension, "3", "退回后要重新约供电所")
    act(office, extending.refuse_extension, "不必", who="王主任")
    act(office, orders.reply, REPLY)
    with pytest.raises(RuleBroken, match="当前为“已答复”"):
        act(office, extending.ask_extension, "3", "再等等")


def test_the_day_after_the_last_is_too_late(office):
    office.order()
    office.clock.pass_by(days=(order(office).due_on - local_day(office.clock.now)).days + 1)
    with pytest.raises(RuleBroken, match="已过，不能再申请延期"):
        act(office, extending.ask_extension, "3", "忙")


@pytest.mark.parametrize("who", ["钱包保", "王主任", "李经办"])
def test_only_the_person_asks(office, who):
    office.order()
    with pytest.raises(NotAllowed):
        act(office, extending.ask_extension, "3", "替他申请", who=who)


def test_one_request_waits_at_a_time_and_nobody_grants_his_own(office):
    office.order()
    act(office, extending.ask_extension, "3", "停电检修")
    with pytest.raises(RuleBroken, match="正在等审批"):
        act(office, extending.ask_extension, "2", "停电检修")
    with pytest.raises(NotAllowed):
        act(office, extending.agree_extension, "同意", who="赵包抓")
