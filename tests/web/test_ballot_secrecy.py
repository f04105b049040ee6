"""Two towns alike but for who gave which rating: nobody without a right to it can tell them apart (trust G14)."""

import re
from html import unescape
from pathlib import Path

import pytest

from models import db
from services.rounds.closing import close
from tasks.queue import huey
from tests.browse import Browser
from tests.cast import build_town
from tests.homes import NOW, app_in
from tests.office import Office
from tests.policy import load_plans

DOORS = ("/", "/admin/", "/today/", "/rounds/", "/orders/", "/sanctions/", "/notices/", "/admin/find/?search=东岭", "/admin/invitation/")
SECRETS = re.compile(r'(name="(?:csrf_token|once)" value|name="csrf-token" content)="[^"]*"')
LINK = re.compile(r'(?:href|action|data-href)="(/[^"#]*)"')
# Files, the policy dictionaries, one handbook opened from many places, and the same page under another way back
LEFT_OUT = re.compile(r"^/(static|s)/|^/help/\?|/export/|/action/|logout|\.docx|\.xlsx|^/admin/(area|unit|clause|rule|policy)/")
WAY_BACK = re.compile(r"&url=.*")
MOST = 1000

ONE = {"东岭合作社": "very_dissatisfied", "西沟农场": "very_satisfied", "南坪小店": "satisfied", "北塬饭店": "satisfied"}
OTHER = {"东岭合作社": "satisfied", "西沟农场": "very_dissatisfied", "南坪小店": "very_satisfied", "北塬饭店": "satisfied"}
MIXED = {"东岭合作社": "satisfied", "西沟农场": "satisfied", "南坪小店": "fair", "北塬饭店": "very_dissatisfied"}


def crawl(browser: Browser) -> dict[str, str]:
    """Every page that can be reached by links, without the tokens that differ at each request."""
    pages: dict[str, str] = {}
    waiting = list(DOORS)
    while waiting and len(pages) < MOST:
        path = WAY_BACK.sub("", waiting.pop())
        if path in pages or LEFT_OUT.search(path):
            continue
        answer = browser.get(path)
        page = SECRETS.sub("", answer.text) if answer.mimetype == "text/html" else answer.text
        onward = answer.headers.get("Location", "")
        pages[path] = f"{answer.status_code} {onward}\n{page}"
        waiting += [unescape(found) for found in LINK.findall(page)] + [onward] * bool(onward)
    assert len(pages) < MOST
    return pages


def town_of(home: Path, empty_home: Path, levels: dict[str, str], who: str, stage: str) -> dict[str, str]:
    """All that one person can open in a town whose enterprises rated as said."""
    app = app_in(home, empty_home)
    with app.app_context():
        office = Office(build_town(NOW), app.config["CLOCK"])
        load_plans(NOW)
        round_id = office.open()
        office.answer(round_id, **levels)
        if stage == "closed":
            office.step(round_id, close)
        if stage == "frozen":
            office.finish(round_id)
        browser = Browser(app).sign_in(office.town.accounts[who], NOW)
        pages = crawl(browser)
        if who == "李经办":
            token = browser.token()
            pages["export"] = browser.post("/admin/invitation/export/csv", {"csrf_token": token}).text
        db.session.remove()
        db.engine.dispose()
    huey.storage.close()
    return pages


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


@pytest.mark.parametrize("who", ["赵包抓", "钱包保", "李经办", "王主任", "周系统", "吴安全"])
def test_before_the_close_nobody_can_tell_any_rating(empty_home, tmp_path, who):
    one = town_of(tmp_path / "one", empty_home, ONE, who, "open")
    two = town_of(tmp_path / "two", empty_home, MIXED, who, "open")
    assert differences(one, two) == []
    assert len(one) > 5


@pytest.mark.parametrize("who", ["赵包抓", "钱包保", "李经办", "王主任", "周系统", "吴安全"])
@pytest.mark.parametrize("stage", ["closed", "frozen"])
def test_after_the_close_nobody_can_tell_who_gave_which_rating(empty_home, tmp_path, who, stage):
    one = town_of(tmp_path / "one", empty_home, ONE, who, stage)
    two = town_of(tmp_path / "two", empty_home, OTHER, who, stage)
    assert differences(one, two) == []


@pytest.mark.parametrize("who", ["赵包抓", "钱包保", "周系统"])
def test_until_the_freeze_the_rated_learn_nothing_at_all(empty_home, tmp_path, who):
    one = town_of(tmp_path / "one", empty_home, ONE, who, "closed")
    two = town_of(tmp_path / "two", empty_home, MIXED, who, "closed")
    assert differences(one, two) == []


def test_the_rated_do_not_learn_who_has_answered(empty_home, tmp_path):
    one = town_of(tmp_path / "one", empty_home, ONE, "赵包抓", "open")
    two = town_of(tmp_path / "two", empty_home, {}, "赵包抓", "open")
    assert differences(one, two) == []


def test_what_may_differ_does_so_the_comparison_is_not_blind(empty_home, tmp_path):
    one = town_of(tmp_path / "one", empty_home, ONE, "李经办", "frozen")
    two = town_of(tmp_path / "two", empty_home, MIXED, "李经办", "frozen")
    assert "/rounds/1/finish/3" in differences(one, two)

