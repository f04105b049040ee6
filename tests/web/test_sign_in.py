"""Who comes in, who doesn't, and that nobody learns more from the answer than yes or no."""

import pytest
from flask import Flask
from flask_security.utils import verify_password
from sqlalchemy import func, select

from app import create_app
from models import Account, Attempt, Event, LoginSession, db
from models.access.actor import system
from models.access.session import working
from rules.passwords import normalised
from rules.roles import Role
from services.hashing import hash_password
from tests.browse import Browser, Clock, give_password
from tests.cast import Town
from tests.conftest import settings_for

GOOD = "石榴 灯塔 毛笔 拖拉机 清晨"
DENIED = "登录名或密码不对"


@pytest.fixture
def visitor(app: Flask, town: Town, now) -> Browser:
    give_password(town.accounts["赵包抓"], GOOD, now)
    return Browser(app)


def sign_in(browser: Browser, login: str, password: str, **more):
    return browser.post("/login", {"email": login, "password": password, **more})


def count(query) -> int:
    with working(db.engine, system("测试")) as session:
        return session.scalar(query) or 0


@pytest.mark.parametrize("typed", ["user3", "USER3 ", "19900000003", "199 0000 0003", "+8619900000003"])
def test_a_cadre_signs_in_with_his_login_name_or_his_phone(visitor: Browser, typed: str) -> None:
    answer = sign_in(visitor, typed, GOOD)
    assert (answer.status_code, answer.location) == (302, "/")
    assert visitor.get("/me/devices").status_code == 200


@pytest.mark.parametrize(
    ("typed", "password"),
    [("user3", "wrong"), ("nobody", GOOD), ("user1", GOOD), ("user3", ""), ("", ""), ("19900000099", GOOD),
     ("user3\0", "x"), ("user3", "\0\0"), ("user3", "a\0b"), ("\0", "\t"), ("%s%n{0}' or 1=1", "\ufffd"), ("x" * 900, "y" * 900)],
)
def test_every_failure_gets_the_same_answer(visitor: Browser, typed: str, password: str) -> None:
    page = sign_in(visitor, typed, password).get_data(as_text=True)
    assert page.count("alert-danger") == 1
    assert DENIED in page


def test_a_disabled_account_is_refused_with_the_same_words(app: Flask, town: Town, now) -> None:
    give_password(town.accounts["赵包抓"], GOOD, now, active=False)
    assert DENIED in sign_in(Browser(app), "user3", GOOD).get_data(as_text=True)


def test_failures_and_successes_are_in_the_chain_without_what_was_typed(visitor: Browser) -> None:
    sign_in(visitor, "secretly-typed-password", "x")
    sign_in(visitor, "user3", GOOD)
    with working(db.engine, system("测试")) as session:
        told = session.execute(select(Event.verb, Event.subject, Event.detail).order_by(Event.id.desc()).limit(2)).all()
        assert {verb for verb, _, _ in told} == {"accounts.signed_in", "accounts.sign_in_failed"}
        assert "secretly" not in str(told)
        assert not any("secretly" in row.subject for row in session.scalars(select(Attempt)))


def test_the_fifth_wrong_password_shuts_the_door_for_a_minute_and_the_fourth_does_not(
    visitor: Browser, clock: Clock
) -> None:
    for _ in range(4):
        sign_in(visitor, "user3", "wrong")
    assert sign_in(visitor, "user3", GOOD).status_code == 302
    visitor.post("/logout")
    visitor.client.delete_cookie("known")
    for _ in range(5):
        sign_in(visitor, "user3", "wrong")
    assert "1 分钟后" in sign_in(visitor, "user3", GOOD).get_data(as_text=True)
    clock.pass_by(seconds=61)
    assert sign_in(visitor, "user3", GOOD).status_code == 302


def test_a_name_that_does_not_exist_is_shut_out_just_the_same(visitor: Browser) -> None:
    for _ in range(5):
        sign_in(visitor, "nobody", "wrong")
    assert "1 分钟后" in sign_in(visitor, "nobody", GOOD).get_data(as_text=True)


def test_strangers_can_not_lock_an_officer_out_of_his_own_device(visitor: Browser, app: Flask) -> None:
    sign_in(visitor, "user3", GOOD)
    visitor.post("/logout")
    stranger = Browser(app)
    for _ in range(6):
        data = {"email": "user3", "password": "x"}
        stranger.post("/login", data, environ_base={"REMOTE_ADDR": "127.0.0.9"})
    assert "分钟后" in sign_in(stranger, "user3", GOOD).get_data(as_text=True)
    assert sign_in(visitor, "user3", GOOD).status_code == 302


def test_one_address_has_ten_tries_whatever_names_it_uses(visitor: Browser) -> None:
    for number in range(10):
        assert DENIED in sign_in(visitor, f"guess{number}", "x").get_data(as_text=True)
    assert "分钟后" in sign_in(visitor, "user3", GOOD).get_data(as_text=True)


def test_a_form_without_its_token_is_refused(app: Flask, town: Town) -> None:
    for page in ("/login", "/logout"):
        assert Browser(app).post(page, {"csrf_token": ""}).status_code == 400


def test_a_key_planted_before_sign_in_does_not_survive_it(visitor: Browser) -> None:
    with visitor.client.session_transaction() as cookie:
        cookie["planted"], cookie["device"] = "x", "known-to-a-stranger"
    sign_in(visitor, "user3", GOOD)
    with visitor.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["device"] != "known-to-a-stranger"


@pytest.mark.parametrize(
    ("asked", "went"),
    [("/me/devices", "/me/devices"), ("//evil.example/x", "/"), ("https://evil.example/", "/"), ("/\\evil.example", "/%5Cevil.example")],
)
def test_after_sign_in_people_stay_in_this_house(visitor: Browser, asked: str, went: str) -> None:
    assert sign_in(visitor, "user3", GOOD, next=asked).location == went


def test_a_page_asked_for_without_sign_in_leads_to_the_door_and_back(visitor: Browser) -> None:
    answer = visitor.get("/me/devices?x=1")
    assert (answer.status_code, answer.location) == (303, "/login?next=/me/devices?x%3D1")


def test_opening_the_door_page_changes_nothing(visitor: Browser) -> None:
    before = [count(select(func.count()).select_from(table)) for table in (Event, Attempt, LoginSession)]
    assert visitor.get("/login").status_code == 200
    assert before == [count(select(func.count()).select_from(table)) for table in (Event, Attempt, LoginSession)]


def test_the_cookie_is_bound_to_the_host_only_where_people_come_by_https(app: Flask) -> None:
    assert app.config["SESSION_COOKIE_NAME"] == "lianxin"
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_no_privileged_account_of_the_cast_lacks_its_second_step(town: Town) -> None:
    with working(db.engine, system("测试")) as session:
        assert {a.role for a in session.scalars(select(Account)) if a.privileged} >= {Role.SECURITY, Role.CLERK}


def test_where_people_come_by_https_the_cookie_belongs_to_this_host_alone(empty_home) -> None:
    app = create_app(settings_for(empty_home, public_url="https://lianxin.example"))
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_PATH"] == "/"
    with app.app_context():
        db.engine.dispose()


def test_our_hashes_are_the_ones_the_door_checks(app: Flask) -> None:
    hashed = hash_password(GOOD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,")
    with app.test_request_context():
        assert verify_password(normalised(GOOD), hashed)
        assert not app.extensions["security"].pwd_context.needs_update(hashed)
