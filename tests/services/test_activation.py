"""Activation slips instead of first passwords."""

import pytest
from flask import Flask

from models import Account, Area, Cadre, Notice, db
from models.access.actor import Actor, system
from models.access.session import ActorSession
from rules.errors import NotAllowed, RuleBroken
from rules.roles import Role
from services import accounts
from services.activation import GOOD_FOR, account_for, activate, issue_activation
from services.first_administrator import first_administrator
from tests.cast import Town

GOOD = "石榴 灯塔 毛笔 拖拉机 清晨"
BY = Actor("本人", reason="凭激活单")


@pytest.fixture
def work(town: Town) -> ActorSession:
    return town.work()


def new_cadre(work: ActorSession, name: str) -> Cadre:
    cadre = Cadre(name=name, phone="19900000051", area=work.get_one(Area, 1))
    work.add(cadre)
    work.flush()
    return cadre


def test_a_new_account_is_disabled_and_has_no_password(work, town: Town, now) -> None:
    cadre = new_cadre(work, "冯新来")
    account = accounts.open_account(
        work, login="Fengxinlai", role=Role.CADRE, area=cadre.area, cadre=cadre, by=town.actors["吴安全"], now=now
    )
    assert (account.login, account.active, account.password) == ("fengxinlai", False, None)
    with pytest.raises(RuleBroken, match="激活"):
        accounts.enable(work, account, by=town.actors["吴安全"], now=now)


def test_only_the_security_administrator_opens_accounts(work, town: Town, now) -> None:
    cadre = new_cadre(work, "冯新来")
    for name in ("李经办", "王主任", "周系统", "郑审计"):
        with pytest.raises(NotAllowed):
            accounts.open_account(
                work, login="feng", role=Role.CADRE, area=cadre.area, cadre=cadre, by=town.actors[name], now=now
            )


@pytest.mark.parametrize(("late", "good"), [(-1, True), (0, False)])
def test_a_slip_is_good_for_72_hours(work, town: Town, now, late: int, good: bool) -> None:
    account = work.get_one(Account, town.accounts["赵包抓"])
    slip = issue_activation(work, account, by=town.actors["吴安全"], now=now)
    later = now + GOOD_FOR.__class__(hours=72, seconds=late)
    assert (account_for(work, slip.token, later) is account) is good


def test_a_slip_works_once_and_a_new_one_voids_the_old(work, town: Town, now) -> None:
    account = work.get_one(Account, town.accounts["赵包抓"])
    old, new = (issue_activation(work, account, by=town.actors["吴安全"], now=now) for _ in range(2))
    with pytest.raises(RuleBroken, match="激活单"):
        activate(work, old.token, GOOD, by=BY, now=now)
    assert activate(work, new.token, GOOD, by=BY, now=now).active
    with pytest.raises(RuleBroken, match="激活单"):
        activate(work, new.token, GOOD, by=BY, now=now)


def test_the_database_holds_no_token(work, town: Town, now) -> None:
    account = work.get_one(Account, town.accounts["赵包抓"])
    slip = issue_activation(work, account, by=town.actors["吴安全"], now=now)
    assert len(slip.token) >= 22
    assert slip.token not in str(vars(account))


def test_a_weak_password_leaves_the_slip_good(work, town: Town, now) -> None:
    account = work.get_one(Account, town.accounts["赵包抓"])
    slip = issue_activation(work, account, by=town.actors["吴安全"], now=now)
    for weak in ("zhaobaozhua2026", "19900000003赵包抓", "short"):
        with pytest.raises(RuleBroken):
            activate(work, slip.token, weak, by=BY, now=now)
    assert account_for(work, slip.token, now) is account


def test_nobody_prints_a_slip_for_himself(work, town: Town, now) -> None:
    with pytest.raises(NotAllowed):
        issue_activation(work, work.get_one(Account, town.accounts["吴安全"]), by=town.actors["吴安全"], now=now)


def test_resetting_an_account_of_weight_is_told_to_the_administrators(work, town: Town, now) -> None:
    account = work.get_one(Account, town.accounts["郑审计"])
    account.password = "x"
    issue_activation(work, account, by=town.actors["吴安全"], now=now)
    work.commit()
    assert {n.account_id for n in work.query(Notice)} == {town.accounts["周系统"], town.accounts["吴安全"]}


def test_a_roster_gets_its_accounts_in_one_go_and_none_twice(work, town: Town, now) -> None:
    cadres = [new_cadre(work, name) for name in ("冯新来", "冯新来", "褚新来")]
    by = town.actors["吴安全"]
    opened = accounts.open_for_cadres(work, cadres, by=by, now=now)
    assert [account.login for account in opened] == ["fengxinlai", "fengxinlai2", "chuxinlai"]
    assert accounts.open_for_cadres(work, cadres, by=by, now=now) == []


def test_an_empty_house_makes_its_first_administrator_and_no_second(app: Flask, now) -> None:
    work = ActorSession(db.engine, info={"actor": system("首次启动")})
    first = first_administrator(work, township="样例乡", now=now)
    again = first_administrator(work, township="样例乡", now=now)
    assert account_for(work, first.token, now) is None
    account = activate(work, again.token, GOOD, holder="吴安全", by=BY, now=now)
    work.commit()
    assert (account.role, account.area.name, account.area.path, account.person) == (
        Role.SECURITY, "样例乡", f"{account.area_id}/", "吴安全",
    )  # fmt: skip
    assert first_administrator(work, township="样例乡", now=now) is None


def test_an_account_without_a_cadre_asks_for_its_holders_name(app: Flask, now) -> None:
    work = ActorSession(db.engine, info={"actor": system("首次启动")})
    slip = first_administrator(work, township="样例乡", now=now)
    with pytest.raises(RuleBroken, match="姓名"):
        activate(work, slip.token, GOOD, by=BY, now=now)
