"""The acceptance checks of every screen; a file per group of roles, so that groups may be walked side by side."""

import re
from collections import Counter

import pytest
from sqlalchemy import select

from models import Account, Area, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.places import AreaLevel
from rules.roles import Role
from tests.browser.crawl import Sight, Walker
from tests.browser.desk import THURSDAY

LOGINS = {
    Role.CLERK: "bangongshi", Role.LEADER: "fenguan", Role.DISCIPLINE: "jiwei", Role.CADRE: "ganbu3",
    Role.VILLAGE: "cunzhishu", Role.SYSTEM: "xitong", Role.SECURITY: "anquan", Role.AUDIT: "shenji",
    Role.STATION: "zhansuo", Role.GRID: "wangge", Role.MEDIATION: "zongzhi",
}  # fmt: skip
GROUPS = {
    "office": (Role.CLERK,),
    "eyes": (Role.LEADER, Role.DISCIPLINE),
    "keepers": (Role.SYSTEM, Role.SECURITY, Role.AUDIT),
    "village": (Role.CADRE, Role.VILLAGE),
    "stations": (Role.STATION, Role.GRID, Role.MEDIATION),
}
ALLOWED = {"A", "B", "zhangsan", "Ctrl", "S", "Excel", "WPS", "CSV", "Word", "HTTPS", "A4", "A5", "docx", "xlsx", "xls", "csv", "tsv", "txt", "bin", "lianxin", "draw", "verify", "SHA"}
NUMBER = re.compile(r"DC-[0-9-]+[0-9A-F]*|[0-9a-f]{64}|[0-9a-f]{1,64}|(DB|CJ)[0-9]*(-[0-9]+)*")  # of an export, of its contents or a part of them, of an order or a draw
PAGE, FIRST_PAGE = 150 * 1024, 60 * 1024


def add_people(desk) -> None:
    """The roles that the demonstration leaves out."""
    with working(db.engine, system("测试")) as session:
        area = session.scalars(select(Area).where(Area.level == AreaLevel.TOWNSHIP)).one()
        for role, login in LOGINS.items():
            if login not in desk.accounts:
                session.add(Account(login=login, role=role, area=area, holder=role.label, active=True, fs_uniquifier=login, email=f"{login}@invalid"))
        record(session, "test.people", "test", by=system("测试"), now=THURSDAY)
        session.commit()
        desk.accounts = dict(session.execute(select(Account.login, Account.id)).all())


def addresses(app) -> list[str]:
    """Every page that needs no number to be asked for."""
    return sorted(
        rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments and not rule.rule.endswith(("/metrics", "/lookup/"))
    )


def walk(chromium, house, group: str) -> list[Sight]:
    """Every page of every role of the group, once; refusals too."""
    known: Counter[str] = Counter()
    sights = []
    for role in GROUPS[group]:
        sights += Walker(chromium, house.address, role.value, house.cookies(LOGINS[role]), known).walk(addresses(house.app))
    return sights


class EveryScreen:
    """One walk per role through every page it can reach, then a check a test."""

    group = ""

    @pytest.fixture
    def wrong(self, sights):
        """What `ask` finds, page by page, after making sure that every role saw pages and every check has food."""
        pages = [one for one in sights if one.status == 200]
        assert min(Counter(one.who for one in pages).values()) >= 8
        assert len({one.who for one in pages}) == len(GROUPS[self.group])
        return lambda ask: [(one.name, found) for one in pages if (found := ask(one))]

    def test_no_link_leads_to_a_refusal(self, sights):
        assert [(one.name, one.status) for one in sights if one.status != 200] == []

    def test_every_page_fits_three_widths_and_large_type(self, wrong):
        assert wrong(lambda one: {name: over for name, over in one.widths.items() if over}) == []

    def test_no_page_complains_fails_or_calls_outside(self, wrong):
        assert wrong(lambda one: one.trouble) == []

    def test_the_policy_refuses_nothing_on_any_page(self, wrong):
        assert wrong(lambda one: one.wide["refused"]) == []

    def test_pages_speak_chinese(self, wrong):
        assert wrong(lambda one: {word for word in one.wide["latin"] if not NUMBER.fullmatch(word)} - ALLOWED) == []

    def test_everything_on_a_phone_is_big_enough_for_a_thumb(self, wrong):
        assert wrong(lambda one: one.narrow["small"]) == []

    def test_no_box_makes_a_phone_zoom(self, wrong):
        assert wrong(lambda one: one.narrow["zooming"]) == []

    @pytest.mark.parametrize("look", ["light", "dark"])
    def test_axe_finds_no_serious_fault(self, sights, wrong, look):
        assert sum(look in one.faults for one in sights) >= 8
        assert wrong(lambda one: one.faults.get(look)) == []

    def test_pages_can_be_read_aloud(self, wrong):
        assert wrong(lambda one: one.wide["nameless"] + one.wide["twice"]) == []
        assert wrong(lambda one: one.wide["heads"] != [1, 1] and "/blank" not in one.address) == []  # blanks: a head on each sheet

    def test_every_form_asks_before_typed_words_are_lost(self, wrong):
        assert wrong(lambda one: one.wide["unguarded"]) == []

    def test_every_empty_place_tells_the_next_step(self, wrong):
        assert wrong(lambda one: one.wide["dead"]) == []

    def test_pages_are_light(self, wrong):
        assert wrong(lambda one: one.bytes > (FIRST_PAGE if one.address == "/" and one.who in HELD else PAGE) and one.bytes) == []


HELD = {role.value for role in GROUPS["village"] + GROUPS["stations"]}
