"""The privileged bind an authenticator at their first sign-in; each code opens once."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from models import Account, db
from models.access.actor import system
from models.access.session import working
from tests.browse import Browser, Clock, give_password
from tests.cast import Town

GOOD = "石榴 灯塔 毛笔 拖拉机 清晨"


def sign_in(browser: Browser):
    return browser.post("/login", {"email": "user1", "password": GOOD})


@pytest.fixture
def clerk(app: Flask, town: Town, now) -> Browser:
    give_password(town.accounts["李经办"], GOOD, now)
    return Browser(app)


@pytest.fixture
def phone(app: Flask, town: Town, clerk: Browser) -> Callable[[], str]:
    """What the clerk's authenticator app shows now, once bound."""

    def code() -> str:
        with working(db.engine, system("测试")) as session:
            secret = session.get_one(Account, town.accounts["李经办"]).tf_totp_secret
        if secret is None:
            with clerk.client.session_transaction() as cookie:
                secret = cookie["tf_totp_secret"]
        return app.extensions["security"].totp_factory.generate_totp_password(secret)

    return code


def bind(clerk: Browser, phone: Callable[[], str]) -> list[str]:
    """Sign in for the first time; returns the recovery codes."""
    assert sign_in(clerk).location == "/sign-in/authenticator"
    assert "data:image/svg" in clerk.get("/sign-in/authenticator").get_data(as_text=True)
    page = clerk.post("/sign-in/authenticator", {"code": phone()}).get_data(as_text=True)
    return re.findall(r"\b\w{4}-\w{4}-\w{4}\b", page)


def test_the_right_password_alone_opens_nothing_for_the_privileged(clerk: Browser) -> None:
    assert sign_in(clerk).location == "/sign-in/authenticator"
    assert clerk.get("/me/devices").status_code == 303


def test_binding_shows_ten_recovery_codes_once_and_lets_in(clerk: Browser, phone) -> None:
    codes = bind(clerk, phone)
    assert len(codes) == 10
    assert clerk.get("/me/devices").status_code == 200
    assert clerk.get("/sign-in/authenticator").location == "/login"
    with working(db.engine, system("测试")) as session:
        assert codes[0] not in session.get_one(Account, 1).recovery_codes


def test_a_code_is_good_once(clerk: Browser, phone, clock: Clock, app: Flask) -> None:
    bind(clerk, phone)
    second = Browser(app)
    assert sign_in(second).location == "/sign-in/code"
    assert second.post("/sign-in/code", {"code": phone()}).status_code == 422
    clock.pass_by(seconds=30)
    assert second.post("/sign-in/code", {"code": phone()}).location == "/"
    third = Browser(app)
    sign_in(third)
    assert third.post("/sign-in/code", {"code": phone()}).status_code == 422


@pytest.mark.parametrize(("seconds", "status"), [(45, 303), (75, 422)])
def test_a_code_lives_for_its_own_half_minute_and_the_next(clerk, phone, clock, app, seconds, status) -> None:
    bind(clerk, phone)
    clock.pass_by(minutes=5)
    code = phone()
    clock.pass_by(seconds=seconds)
    browser = Browser(app)
    sign_in(browser)
    assert browser.post("/sign-in/code", {"code": code}).status_code == status


def test_a_recovery_code_replaces_a_lost_phone_once(clerk: Browser, phone, app: Flask) -> None:
    codes = bind(clerk, phone)
    for expected in (303, 422):
        browser = Browser(app)
        sign_in(browser)
        assert browser.post("/sign-in/code", {"code": codes[3].upper()}).status_code == expected


def test_the_sixth_code_in_five_minutes_is_not_even_looked_at(clerk: Browser, phone, clock, app) -> None:
    bind(clerk, phone)
    clock.pass_by(minutes=1)
    browser = Browser(app)
    sign_in(browser)
    for _ in range(5):
        assert "验证码不对" in browser.post("/sign-in/code", {"code": "000000"}).get_data(as_text=True)
    assert "分钟后" in browser.post("/sign-in/code", {"code": phone()}).get_data(as_text=True)
    clock.pass_by(minutes=5)
    assert browser.post("/sign-in/code", {"code": phone()}).status_code == 303


@pytest.mark.parametrize(("minutes", "where"), [(10, None), (11, "/login")])
def test_the_password_is_remembered_for_ten_minutes_only(clerk, phone, clock, app, minutes, where) -> None:
    bind(clerk, phone)
    browser = Browser(app)
    sign_in(browser)
    clock.pass_by(minutes=minutes)
    assert browser.get("/sign-in/code").location == where


def test_grave_acts_need_a_proof_of_the_last_ten_minutes(browse, town: Town, clock: Clock, now) -> None:
    give_password(town.accounts["吴安全"], GOOD, now)
    security = browse("吴安全")
    assert security.get("/security/accounts/new").status_code == 200
    clock.pass_by(minutes=10)
    assert security.get("/security/accounts/new").location == "/verify?next=/security/accounts/new"
    assert security.post("/verify", {"code": "wrong", "next": "/x"}).status_code == 422
    assert security.post("/verify", {"code": GOOD, "next": "/security/accounts/new"}).location == "/security/accounts/new"
    assert security.get("/security/accounts/new").status_code == 200
    assert security.post("/verify", {"code": GOOD, "next": "//evil.example"}).location == "/"
