"""From the printed slip to the first sign-in, in a browser."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from models import Account, Event, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from services.activation import issue_activation
from tests.browse import Browser, Clock
from tests.cast import Town
from tests.homes import tamper

GOOD = "石榴 灯塔 毛笔 拖拉机 清晨"


def slip_for(town: Town, name: str, now) -> str:
    with working(db.engine, system("测试")) as session:
        account = session.get_one(Account, town.accounts[name])
        path = issue_activation(session, account, by=town.actors["吴安全"], now=now).path
        session.commit()
    return path


def test_a_cadre_follows_his_slip_sets_a_password_and_is_in(app: Flask, town: Town, now) -> None:
    browser, path = Browser(app), slip_for(town, "赵包抓", now)
    assert "赵包抓" in browser.get(path).get_data(as_text=True)
    assert "不一样" in browser.post(path, {"new": GOOD, "again": "x"}).get_data(as_text=True)
    assert browser.post(path, {"new": GOOD, "again": GOOD}).location == "/"
    assert browser.get("/me/devices").status_code == 200
    assert browser.get(path).status_code == 410


def test_the_privileged_go_on_to_their_authenticator(app: Flask, town: Town, now) -> None:
    browser, path = Browser(app), slip_for(town, "李经办", now)
    assert browser.post(path, {"new": GOOD, "again": GOOD}).location.startswith("/sign-in/authenticator")
    assert browser.get("/me/devices").status_code == 303


def test_looking_at_a_slip_uses_nothing_up(app: Flask, town: Town, now) -> None:
    browser, path = Browser(app), slip_for(town, "赵包抓", now)
    for _ in range(3):
        assert browser.get(path).status_code == 200


def test_unknown_and_lapsed_slips_look_alike(app: Flask, town: Town, now, clock: Clock) -> None:
    browser, path = Browser(app), slip_for(town, "赵包抓", now)
    clock.pass_by(hours=72)
    assert browser.get(path).data == browser.get("/activate/made-up-token").data


def test_in_the_demonstration_the_printed_password_is_enough(app: Flask, town: Town, now) -> None:
    app.config["LIANXIN"] = replace(app.config["LIANXIN"], demo=True)
    browser, path = Browser(app), slip_for(town, "李经办", now)
    assert browser.post(path, {"new": GOOD, "again": GOOD}).location == "/"
    assert browser.get("/me/devices").status_code == 200


@pytest.fixture
def security(browse) -> Browser:
    return browse("吴安全")


def test_the_desk_prints_a_slip_without_any_password(security: Browser, town: Town, app: Flask) -> None:
    page = security.post(f"/security/accounts/{town.accounts['赵包抓']}/slip").get_data(as_text=True)
    path = re.search(r"http://127.0.0.1:8000(/activate/[\w-]+)", page)[1]
    assert "user3" in page
    assert "data:image/svg" in page
    assert Browser(app).get(path).status_code == 200


@pytest.mark.parametrize(("url", "warned"), [("http://127.0.0.1:8000", True), ("https://lianxin.example", False)])
def test_a_code_that_no_phone_can_open_is_said_to_be_so(security: Browser, town: Town, app: Flask, url: str, warned: bool) -> None:
    app.config["LIANXIN"] = replace(app.config["LIANXIN"], public_url=url)
    page = security.post(f"/security/accounts/{town.accounts['赵包抓']}/slip").get_data(as_text=True)
    assert ("手机扫不开" in page) is warned


def test_where_there_is_one_place_nobody_is_asked_for_it(security: Browser, town: Town, app: Flask) -> None:
    """The first day of a house: the township alone, no village yet."""
    tamper(app, f"UPDATE areas SET until = '2020-01-01' WHERE id <> {town.areas['样例乡']}")
    form = {"login": "xinren", "role": "grid", "holder": "新网格", "area_id": ""}
    assert security.post("/security/accounts/new", form).status_code == 303


def test_the_desk_opens_an_account_and_shuts_one(security: Browser, town: Town) -> None:
    form = {"login": "xinren", "role": "grid", "holder": "新网格", "area_id": town.areas["东岭村"]}
    assert security.post("/security/accounts/new", form).location == "/security/accounts/"
    assert "已有人使用" in security.post("/security/accounts/new", {**form, "holder": "又一人"}).get_data(as_text=True)
    assert security.post(f"/security/accounts/{town.accounts['赵包抓']}/disable").status_code == 303
    page = security.get("/security/accounts/").get_data(as_text=True)
    assert "新网格" in page
    assert security.get("/security/accounts/?q=新网格&page=999999999999999999").status_code == 200


def test_a_forged_role_or_area_opens_nothing(security: Browser) -> None:
    form = {"login": "xinren", "holder": "新网格", "area_id": 1}
    assert security.post("/security/accounts/new", {**form, "role": "root"}).status_code == 422
    assert security.post("/security/accounts/new", {**form, "role": "grid", "area_id": 99}).status_code == 404
    assert security.post("/security/accounts/new", {**form, "role": "grid", "area_id": ""}).status_code == 422
    assert security.post("/security/accounts/new", {**form, "role": "grid", "cadre_id": 10**30}).status_code == 303
    assert security.post("/security/accounts/bulk/", {"cadre_id": [10**30, -1, "x"]}).status_code == 303
    assert security.post(f"/security/accounts/{10**30}/slip").status_code == 404


@pytest.mark.parametrize("name", ["李经办", "王主任", "赵包抓", "周系统", "郑审计"])
def test_nobody_else_gets_to_the_desk(browse, town: Town, name: str) -> None:
    browser = browse(name)
    for page in ("/security/accounts/", "/security/accounts/new", "/security/accounts/bulk/", "/security/grants/"):
        assert browser.get(page).status_code == 403
    for act in ("slip", "disable", "enable"):
        assert browser.post(f"/security/accounts/{town.accounts['钱包保']}/{act}").status_code in {403, 404}


def test_a_whole_roster_is_opened_and_printed_at_once(security: Browser, town: Town, now) -> None:
    with working(db.engine, system("测试")) as session:
        for name in ("赵包抓", "钱包保"):
            session.get_one(Account, town.accounts[name]).cadre_id = None
        record(session, "accounts.prepared", "accounts", by=system("测试"), now=now)
        session.commit()
    assert "赵包抓" in security.get("/security/accounts/bulk/").get_data(as_text=True)
    cadres = [town.cadres["赵包抓"], town.cadres["钱包保"]]
    page = security.post("/security/accounts/bulk/", {"cadre_id": cadres, "role": "cadre"}).get_data(as_text=True)
    assert page.count('class="slip"') == 2
    assert "zhaobaozhua" in page
    assert security.post("/security/accounts/bulk/", {"cadre_id": cadres, "role": "clerk"}).status_code == 303


def test_the_second_administrators_page_agrees_and_refuses(security: Browser, town: Town) -> None:
    account = town.accounts["赵包抓"]
    security.post(f"/security/grants/ask/{account}", {"role": "clerk", "reason": "任职文件"})
    assert "任职文件" in security.get("/security/grants/").get_data(as_text=True)
    assert security.post("/security/grants/1/agree").status_code == 303
    with working(db.engine, system("测试")) as session:
        assert session.get_one(Account, account).role.value == "clerk"
        verbs = set(session.scalars(select(Event.verb)))
    assert "accounts.role_single_handed" in verbs
