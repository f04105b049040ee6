"""A second account under a bare name doesn't make a second person of anybody."""

from dataclasses import replace

import pytest

from models import Account, Area, Cadre, Order, Sanction
from models.access.actor import system
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.roles import Role
from services.accounts import open_account
from services.activation import activate, issue_activation
from services.followup import contesting, orders, sanctions
from tests.make import make


@pytest.fixture
def unlinked(office):
    """An account without a cadre behind it, under whichever name."""

    def actor(name: str, role: Role = Role.LEADER):
        with office.work() as session:
            area = session.get_one(Area, office.town.areas["样例乡"])
            account = make(session, Account, login=f"{role.value}-{name}", holder=name, role=role, area=area, cadre=None, active=True)
            session.flush()
            found = replace(office.town.actors["王主任"], name=name, role=role, account_id=account.id, cadre_id=None, unit_id=None)
            record(session, "test.second", account, by=system("测试"), now=office.clock.now)
            session.commit()
        return found

    return actor


def act(office, model, verb, *words, by):
    with office.work() as session:
        verb(session, session.get_one(model, office.all(model)[0].id), *words, by=by, now=office.clock.now)
        session.commit()


@pytest.mark.parametrize(("verb", "words"), [(sanctions.confirm, ("属实",)), (sanctions.dismiss, ("不属实",))])
def test_nobody_decides_about_himself_under_a_second_account(office, unlinked, verb, words):
    office.sanction()
    with pytest.raises(NotAllowed, match="涉及本人"):
        act(office, Sanction, verb, *words, by=unlinked("赵包抓"))
    act(office, Sanction, verb, *words, by=unlinked("冯分管"))


def test_the_one_who_confirmed_does_not_answer_the_review_under_a_second_account(office, unlinked):
    office.sanction(told=True)
    act(office, Sanction, contesting.ask_review, "情况不符", by=office.town.actors["赵包抓"])
    with pytest.raises(NotAllowed, match="作出决定以外的人"):
        act(office, Sanction, contesting.answer, False, "不成立", by=unlinked("王主任", Role.DISCIPLINE))
    act(office, Sanction, contesting.answer, False, "不成立", by=unlinked("冯分管", Role.DISCIPLINE))


def test_an_order_is_not_ended_by_its_own_person_under_a_second_account(office, unlinked):
    office.order()
    with pytest.raises(NotAllowed, match="涉及您本人"):
        act(office, Order, orders.void, "下错了", by=unlinked("赵包抓"))
    act(office, Order, orders.void, "下错了", by=unlinked("冯分管"))


def opened(office, holder: str) -> str:
    with office.work() as session:
        area = session.get_one(Area, office.town.areas["样例乡"])
        for name, until in (("何新来", None), ("吕离岗", office.clock.now.date())):
            make(session, Cadre, name=name, area=area, until=until)
        session.flush()
        account = open_account(session, login="xinren", role=Role.GRID, area=area, holder=holder, by=office.town.actors["吴安全"], now=office.clock.now)
        session.commit()
        return account.holder


def test_who_is_on_the_roster_gets_no_account_under_a_bare_name(office):
    with pytest.raises(RuleBroken, match="名册里有同名干部“何新来”"):
        opened(office, "何新来")


@pytest.mark.parametrize("holder", ["何新来（信用社）", "吕离岗", "何新"])
def test_another_person_of_that_name_says_so_and_a_name_not_in_service_is_free(office, holder):
    assert opened(office, holder) == holder


def test_a_slip_is_not_taken_up_under_a_name_of_the_roster(office):
    with office.work() as session:
        area = session.get_one(Area, office.town.areas["样例乡"])
        make(session, Cadre, name="何新来", area=area, until=None)
        account = make(session, Account, login="wuming", holder="", role=Role.GRID, area=area, cadre=None, active=False, password=None)
        session.flush()
        slip = issue_activation(session, account, by=office.town.actors["吴安全"], now=office.clock.now)
        with pytest.raises(RuleBroken, match="名册里有同名干部"):
            activate(session, slip.token, "青山绿水九曲弯弯A1", holder="何新来", by=system("激活"), now=office.clock.now)
        session.rollback()
