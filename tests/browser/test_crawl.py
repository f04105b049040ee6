"""The nine acceptance checks of every screen: one walk per role through every page it can reach, then a check a test."""

import pytest
from sqlalchemy import select

from models import Account, Area, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.places import AreaLevel
from rules.roles import Role
from tests.browser.crawl import Walker
from tests.browser.desk import THURSDAY, standing

pytestmark = pytest.mark.browser
LOGINS = {
    Role.CLERK: "bangongshi", Role.LEADER: "fenguan", Role.DISCIPLINE: "jiwei", Role.CADRE: "ganbu3",
    Role.VILLAGE: "cunzhishu", Role.SYSTEM: "xitong", Role.SECURITY: "anquan", Role.AUDIT: "shenji",
    Role.STATION: "zhansuo", Role.GRID: "wangge", Role.MEDIATION: "zongzhi",
}  # fmt: skip
assert set(LOGINS) == set(Role)


def add_people(desk) -> None:
    """The roles that the demonstration leaves out."""
    with working(db.engine, system("测试")) as session:
        area = session.scalars(select(Area).where(Area.level == AreaLevel.TOWNSHIP)).one()
        for role, login in LOGINS.items():
            if login not in desk.accounts:
                session.add(Account(login=login, role=role, area=area, active=True, fs_uniquifier=login, email=f"{login}@invalid"))
        record(session, "test.people", "test", by=system("测试"), now=THURSDAY)
        session.commit()
        desk.accounts = dict(session.execute(select(Account.login, Account.id)).all())


def addresses(app) -> list[str]:
    """Every page that needs no number to be asked for."""
    return sorted(
        rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments and not rule.rule.endswith(("/metrics", "/lookup/"))
    )


@pytest.fixture(scope="module")
def seen(chromium, empty_home, tmp_path_factory):
    """Every page of every role, once."""
    with standing(empty_home, tmp_path_factory.mktemp("crawl")) as desk:
        add_people(desk)
        known, sights = set(), []
        for role, login in LOGINS.items():
            walker = Walker(chromium, desk.address, role.value, desk.cookies(login), known)
            sights += walker.walk(["/"], addresses(desk.app))
        yield sights


def wrong(seen, ask) -> list:
    found = [(one.name, ask(one)) for one in seen]
    return [(name, what) for name, what in found if what]


def test_every_page_fits_three_widths_and_large_type(seen):
    assert wrong(seen, lambda one: {name: over for name, over in one.widths.items() if over}) == []


def test_no_page_complains_fails_or_calls_outside(seen):
    assert wrong(seen, lambda one: one.trouble or one.status >= 500) == []


def test_the_policy_refuses_nothing_on_any_page(seen):
    assert wrong(seen, lambda one: one.wide.get("refused")) == []


ALLOWED = {"Ctrl", "S", "Excel", "WPS", "CSV", "Word", "HTTPS", "A4", "A5", "docx", "xlsx", "xls", "csv", "tsv", "txt"}


def test_pages_speak_chinese(seen):
    assert wrong(seen, lambda one: set(one.wide.get("latin", [])) - ALLOWED) == []


def test_everything_on_a_phone_is_big_enough_for_a_thumb(seen):
    assert wrong(seen, lambda one: one.phone.get("small")) == []


def test_no_box_makes_a_phone_zoom(seen):
    assert wrong(seen, lambda one: one.phone.get("zooming")) == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_no_serious_fault(seen, look):
    assert sum(look in one.faults for one in seen) > 30
    assert wrong(seen, lambda one: one.faults.get(look)) == []


def test_pages_can_be_read_aloud(seen):
    assert wrong(seen, lambda one: one.wide["nameless"] + one.wide["twice"]) == []
    assert wrong(seen, lambda one: one.wide["heads"] != [1, 1]) == []


def test_every_form_asks_before_typed_words_are_lost(seen):
    assert wrong(seen, lambda one: one.wide["unguarded"]) == []


def test_every_empty_place_tells_the_next_step(seen):
    assert wrong(seen, lambda one: one.wide["dead"]) == []


def test_pages_are_light(seen):
    assert wrong(seen, lambda one: one.bytes > 150 * 1024 and one.bytes) == []
    first = [one.bytes for one in seen if one.who == "cadre" and one.address == "/"]
    assert first
    assert max(first) <= 60 * 1024
