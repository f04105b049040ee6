"""Ten thousand hostile requests per role (a share of them in bin/test): no 5xx, no traceback, nobody's page is broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import Account
from models.access.actor import system
from models.audit import record
from rules.roles import Role
from tests.browse import give_password
from tests.cast import PEOPLE
from tests.faults.fuzzing import NOBODY, Hostile, field_names, rules_of
from tests.faults.switches import amount, dice, told
from tests.homes import NOW
from tests.house import House, hand_in, house_in

REQUESTS = amount("FUZZ", 500)
CAST = {role: who for who, (role, _phone) in PEOPLE.items()}
SHOPS = (("东岭合作社", "satisfied"), ("西沟农场", "dissatisfied"))


@pytest.fixture(params=["sqlite"])
def house(request: pytest.FixtureRequest, empty_home: Path, tmp_path: Path) -> Iterator[House]:
    """A month under way: asked, answered once, one low."""
    changes = {} if request.param == "sqlite" else {"database_url": request.getfixturevalue("postgres_url")}
    with house_in(empty_home, tmp_path, NOW, **changes) as house:
        house.open()
        give_password(house.town.accounts["李经办"], "七个 不相干 的 词", NOW)
        for shop, level in SHOPS:
            hand_in(house.app.test_client(), house.slip(shop), level)
        yield house


def become(house: House, role: Role) -> str:
    """Somebody who has this role; where the cast has none, 钱包保 takes it."""
    if role in CAST:
        return CAST[role]
    with house.work() as session:
        account = session.get_one(Account, house.town.accounts["钱包保"])
        account.role = role
        record(session, "test.role", account, by=system("测试"), now=NOW)
        session.commit()
    return "钱包保"


def hostile(house: House, who: str, called: str) -> Hostile:
    """Somebody who has sent all his requests."""
    visitor = Hostile(house, who, dice("fuzz", called), tuple(house.slip(shop) for shop, _level in SHOPS))
    visitor.run(REQUESTS)
    told(f"{REQUESTS} requests as {called}:", dict(sorted(visitor.answers.items())))
    return visitor


def came_past_the_door(visitor: Hostile) -> bool:
    return visitor.answers.get(200, 0) > REQUESTS // 40


def met_pages(visitor: Hostile) -> bool:
    """A stranger is mostly asked to sign in; what a page itself answers is the rest."""
    turned_away = {401, 404, 405}
    return sum(n for code, n in visitor.answers.items() if code not in turned_away) > REQUESTS // 40


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_no_request_of_any_role_breaks_the_house(house: House, role: Role) -> None:
    visitor = hostile(house, become(house, role), role.value)
    assert (visitor.trouble, came_past_the_door(visitor)) == ([], True)


@pytest.mark.parametrize("house", ["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)], indirect=True)
def test_no_request_of_a_stranger_with_a_slip_breaks_the_house(house: House) -> None:
    visitor = hostile(house, NOBODY, f"{NOBODY} {house.app.config['LIANXIN'].database_url[:6]}")
    assert (visitor.trouble, met_pages(visitor)) == ([], True)


@pytest.mark.servers
@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_no_request_of_a_clerk_breaks_the_house_on_a_server(house: House) -> None:
    visitor = hostile(house, "李经办", "clerk postgresql")
    assert (visitor.trouble, came_past_the_door(visitor)) == ([], True)


def test_the_fuzz_knows_the_house_and_finds_a_planted_fault(house: House) -> None:
    assert (len(rules_of(house.app)) > 100, len(field_names()) > 100) == (True, True)
    [rule] = [rule for rule in rules_of(house.app) if rule.rule == "/healthz"]
    house.app.view_functions[rule.endpoint] = lambda: str(1 // 0)
    visitor = Hostile(house, "李经办", dice("planted"))
    visitor.enter()
    visitor.ask(rule)
    assert len(visitor.trouble) == 1
