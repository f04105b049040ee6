"""Signed-in devices: how long, how many, and that an old cookie opens nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from models import Account, Event, LoginSession, db
from models.access.actor import system
from models.access.session import working
from services.accounts import disable
from services.login_sessions import prune
from tests.browse import Browser, Clock, give_password
from tests.cast import Town

PAGE = "/me/devices"


def is_in(browser: Browser) -> bool:
    return browser.get(PAGE).status_code == 200


def copy_of(browser: Browser) -> Browser:
    thief = Browser(browser.app)
    thief.client.set_cookie("lianxin", browser.client.get_cookie("lianxin").value)
    return thief


def test_a_cookie_copied_before_sign_out_opens_nothing_afterwards(browse) -> None:
    owner = browse("李经办")
    thief = copy_of(owner)
    assert is_in(thief)
    owner.post("/logout")
    assert not is_in(thief)
    assert not is_in(owner)


@pytest.mark.parametrize(("name", "minutes"), [("赵包抓", 30), ("李经办", 15)])
def test_a_device_left_alone_is_signed_out_and_one_in_use_is_not(browse, clock: Clock, name, minutes) -> None:
    browser = browse(name)
    for _ in range(3):
        clock.pass_by(minutes=minutes - 1)
        assert is_in(browser)
    clock.pass_by(minutes=minutes)
    assert not is_in(browser)


@pytest.mark.parametrize(("name", "hours"), [("赵包抓", 12), ("李经办", 8)])
def test_the_longest_day_ends_even_for_the_busy(browse, clock: Clock, name, hours) -> None:
    browser = browse(name)
    for _ in range(hours * 6 - 1):
        clock.pass_by(minutes=10)
        assert is_in(browser)
    clock.pass_by(minutes=10)
    assert not is_in(browser)


def test_the_third_device_signs_the_oldest_out(browse, clock: Clock) -> None:
    first, second = browse("赵包抓"), browse("赵包抓")
    assert is_in(first)
    third = browse("赵包抓")
    assert [is_in(device) for device in (first, second, third)] == [False, True, True]


def test_a_person_ends_his_other_device_but_nobody_elses(browse, town: Town) -> None:
    mine, other, colleague = browse("赵包抓"), browse("赵包抓"), browse("钱包保")
    with working(db.engine, system("测试")) as session:
        ids = {row.account_id: row.id for row in session.scalars(select(LoginSession).order_by(LoginSession.id))}
    assert mine.post(f"/me/devices/{ids[town.accounts['钱包保']]}/end").status_code == 404
    assert mine.post(f"/me/devices/{ids[town.accounts['赵包抓']]}/end").status_code == 303
    assert [is_in(device) for device in (mine, other, colleague)] == [True, False, True]


def test_disabling_an_account_shuts_its_open_pages_at_once(browse, town: Town, now) -> None:
    browser = browse("赵包抓")
    with working(db.engine, system("测试")) as session:
        disable(session, session.get_one(Account, town.accounts["赵包抓"]), by=town.actors["吴安全"], now=now)
        session.commit()
    assert not is_in(browser)


def test_last_use_is_written_at_most_once_a_minute(browse, clock: Clock) -> None:
    browser, start = browse("赵包抓"), clock.now
    seen = []
    for seconds in (59, 1, 30):
        clock.pass_by(seconds=seconds)
        assert is_in(browser)
        with working(db.engine, system("测试")) as session:
            seen.append((session.scalars(select(LoginSession)).one().seen_at - start).seconds)
    assert seen == [0, 60, 60]


def test_a_changed_password_signs_every_device_out(browse, app: Flask, town: Town, now) -> None:
    give_password(town.accounts["赵包抓"], "石榴 灯塔 毛笔 拖拉机", now)
    browser, other = browse("赵包抓"), browse("赵包抓")
    new = "河堤 柿饼 算盘 自行车"
    data = {"old": "石榴 灯塔 毛笔 拖拉机", "new": new, "again": new}
    assert "不对" in browser.post("/me/password", {**data, "old": "x"}).get_data(as_text=True)
    assert "太容易" in browser.post("/me/password", {**data, "new": "zhaobaozhua123", "again": "zhaobaozhua123"}).get_data(
        as_text=True
    )
    assert browser.post("/me/password", data).location == "/login"
    assert not is_in(other)
    assert Browser(app).post("/login", {"email": "user3", "password": new}).status_code == 302


def test_sign_out_is_in_the_chain_and_never_by_a_link(browse) -> None:
    browser = browse("赵包抓")
    assert browser.get("/logout").status_code == 405
    assert "cache" in browser.post("/logout").headers["Clear-Site-Data"]
    with working(db.engine, system("测试")) as session:
        assert session.scalars(select(Event.verb).order_by(Event.id.desc()).limit(1)).one() == "accounts.signed_out"


def test_old_devices_are_forgotten_after_the_log_law_allows_it(browse, clock: Clock) -> None:
    browse("赵包抓")
    for days, gone in ((199, 0), (2, 1)):
        clock.pass_by(days=days)
        with working(db.engine, system("测试")) as session:
            assert prune(session, clock.now) == gone
            session.commit()
