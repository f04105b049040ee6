"""三员分立 and the second pair of eyes."""

from datetime import timedelta

import pytest

from models import Account, Area, Grant, LoginSession, Notice
from models.access.actor import Actor
from models.access.session import ActorSession
from rules.errors import NotAllowed, RuleBroken
from rules.roles import Role
from services import resets, role_grants
from services.accounts import open_account
from services.activation import issue_activation
from services.login_sessions import begin, open_devices
from tests.cast import Town

WHY = "党委会议纪要〔2026〕8号"


@pytest.fixture
def work(town: Town) -> ActorSession:
    return town.work()


@pytest.fixture
def second(work: ActorSession, town: Town, now) -> Actor:
    """A second security administrator in office."""
    area = work.get_one(Area, 1)
    account = Account(login="user9", role=Role.SECURITY, holder="陈二安", area=area, active=True,
                      fs_uniquifier="u9", email="u9@invalid")  # fmt: skip
    work.add(account)
    work.flush()
    return Actor("陈二安", Role.SECURITY, account.id, area_path=area.path)


def account_of(work: ActorSession, town: Town, name: str) -> Account:
    return work.get_one(Account, town.accounts[name])


def test_a_privileged_role_waits_for_the_second_administrator(work, town: Town, second, now) -> None:
    account, first = account_of(work, town, "赵包抓"), town.actors["吴安全"]
    grant = role_grants.ask_role(work, account, Role.CLERK, reason=WHY, by=first, now=now)
    assert account.role == Role.CADRE
    with pytest.raises(NotAllowed, match="另一名"):
        role_grants.agree_role(work, grant, by=first, now=now)
    role_grants.agree_role(work, grant, by=second, now=now)
    assert account.role == Role.CLERK


def test_a_role_without_privilege_takes_effect_at_once_and_ends_the_devices(work, town: Town, second, now) -> None:
    account = account_of(work, town, "赵包抓")
    begin(work, account.id, address="", agent="", now=now)
    role_grants.ask_role(work, account, Role.GRID, reason=WHY, by=town.actors["吴安全"], now=now)
    assert account.role == Role.GRID
    assert open_devices(work, account.id) == []
    assert work.query(LoginSession).one().ended_at == now


def test_alone_in_town_he_may_but_everybody_in_charge_is_told(work, town: Town, now) -> None:
    account, alone = account_of(work, town, "赵包抓"), town.actors["吴安全"]
    grant = role_grants.ask_role(work, account, Role.CLERK, reason=WHY, by=alone, now=now)
    role_grants.agree_role(work, grant, by=alone, now=now)
    work.commit()
    assert account.role == Role.CLERK
    told = {notice.account_id for notice in work.query(Notice)}
    assert told == {town.accounts[name] for name in ("王主任", "周系统", "吴安全", "郑审计")}


def test_nobody_lifts_himself_nor_agrees_to_his_own_role(work, town: Town, second, now) -> None:
    with pytest.raises(NotAllowed, match="自己"):
        role_grants.ask_role(work, account_of(work, town, "吴安全"), Role.LEADER, reason=WHY, by=town.actors["吴安全"], now=now)
    grant = Grant(account_id=second.account_id, role=Role.LEADER, reason=WHY, asked_by=town.accounts["吴安全"], asked_at=now)
    work.add(grant)
    work.flush()
    with pytest.raises(NotAllowed, match="自己"):
        role_grants.agree_role(work, grant, by=second, now=now)


@pytest.mark.parametrize("name", ["周系统", "郑审计"])
@pytest.mark.parametrize("role", [Role.SECURITY, Role.LEADER])
def test_an_administrator_never_becomes_something_else(work, town: Town, now, name: str, role: Role) -> None:
    with pytest.raises(RuleBroken, match="互不兼任"):
        role_grants.ask_role(work, account_of(work, town, name), role, reason=WHY, by=town.actors["吴安全"], now=now)


@pytest.mark.parametrize("holder", ["周系统", "赵包抓"])
def test_one_person_has_one_account_even_without_a_cadre_behind_it(work, town: Town, now, holder: str) -> None:
    with pytest.raises(RuleBroken):
        open_account(work, login="another", role=Role.AUDIT, area=work.get_one(Area, 1), holder=holder,
                     by=town.actors["吴安全"], now=now)  # fmt: skip


def test_a_new_privileged_account_gets_no_slip_before_the_second_agrees(work, town: Town, second, now) -> None:
    first = town.actors["吴安全"]
    account = open_account(work, login="shenji2", role=Role.AUDIT, area=work.get_one(Area, 1), holder="卫审计",
                           reason=WHY, by=first, now=now)  # fmt: skip
    with pytest.raises(RuleBroken, match="批准"):
        issue_activation(work, account, by=first, now=now)
    role_grants.agree_role(work, work.query(Grant).one(), by=second, now=now)
    assert issue_activation(work, account, by=first, now=now).role == Role.AUDIT.label


def test_a_refused_account_stays_shut(work, town: Town, second, now) -> None:
    first = town.actors["吴安全"]
    account = open_account(work, login="shenji2", role=Role.AUDIT, area=work.get_one(Area, 1), holder="卫审计",
                           reason=WHY, by=first, now=now)  # fmt: skip
    grant = work.query(Grant).one()
    role_grants.refuse_role(work, grant, by=second, now=now)
    with pytest.raises(RuleBroken, match="驳回"):
        issue_activation(work, account, by=first, now=now)
    with pytest.raises(RuleBroken, match="处理过"):
        role_grants.agree_role(work, grant, by=second, now=now)
    again = open_account(work, login="shenji3", role=Role.CADRE, area=work.get_one(Area, 1), holder="卫审计", by=first, now=now)
    assert again.person == "卫审计"


def test_a_request_needs_a_reason_and_only_one_waits_at_a_time(work, town: Town, second, now) -> None:
    account, first = account_of(work, town, "赵包抓"), town.actors["吴安全"]
    with pytest.raises(RuleBroken, match="理由"):
        role_grants.ask_role(work, account, Role.CLERK, reason=" ", by=first, now=now)
    role_grants.ask_role(work, account, Role.CLERK, reason=WHY, by=first, now=now)
    with pytest.raises(RuleBroken, match="等待"):
        role_grants.ask_role(work, account, Role.LEADER, reason=WHY, by=first, now=now)


def test_nobody_takes_over_an_account_of_weight_by_resetting_it_alone(work, town: Town, second, now) -> None:
    account, first = account_of(work, town, "郑审计"), town.actors["吴安全"]
    account.password = "x"
    with pytest.raises(RuleBroken, match="重置申请"):
        issue_activation(work, account, by=first, now=now)
    grant = resets.ask_reset(work, account, reason="更换手机", by=first, now=now)
    with pytest.raises(NotAllowed):
        role_grants.agree_role(work, grant, by=first, now=now)
    role_grants.agree_role(work, grant, by=second, now=now)
    with pytest.raises(RuleBroken, match="重置申请"):
        issue_activation(work, account, by=first, now=now + timedelta(hours=72))
    assert issue_activation(work, account, by=first, now=now + timedelta(hours=71)).login == account.login


def test_a_refused_reset_leaves_the_account_as_it_is(work, town: Town, second, now) -> None:
    account, first = account_of(work, town, "郑审计"), town.actors["吴安全"]
    account.password = "x"
    grant = resets.ask_reset(work, account, reason="更换手机", by=first, now=now)
    role_grants.refuse_role(work, grant, by=second, now=now)
    assert (account.password, account.active, account.person) == ("x", True, "郑审计")
    role_grants.check_agreed(work, account)


def test_a_cadre_who_forgot_his_password_gets_a_slip_at_once(work, town: Town, second, now) -> None:
    account = account_of(work, town, "赵包抓")
    account.password = "x"
    assert issue_activation(work, account, by=town.actors["吴安全"], now=now).person == "赵包抓"


def test_an_administrator_of_another_place_is_no_second_pair_of_eyes(work, town: Town, second, now) -> None:
    work.get_one(Account, second.account_id).area = work.get_one(Area, town.areas["西沟村"])
    work.flush()
    alone = town.actors["吴安全"]
    grant = role_grants.ask_role(work, account_of(work, town, "赵包抓"), Role.CLERK, reason=WHY, by=alone, now=now)
    role_grants.agree_role(work, grant, by=alone, now=now)
    assert grant.agreed


def test_an_administrator_of_one_village_has_no_say_in_another(work, town: Town, now) -> None:
    west = work.get_one(Area, town.areas["西沟村"])
    neighbour = Actor("村安全", Role.SECURITY, 99, area_path=west.path)
    account = account_of(work, town, "赵包抓")
    for act in (
        lambda: role_grants.ask_role(work, account, Role.GRID, reason=WHY, by=neighbour, now=now),
        lambda: resets.ask_reset(work, account, reason=WHY, by=neighbour, now=now),
        lambda: issue_activation(work, account, by=neighbour, now=now),
        lambda: open_account(work, login="abc", role=Role.GRID, area=account.area, holder="某人", by=neighbour, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()
