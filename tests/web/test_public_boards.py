"""What a passer-by reads of the boards: the text two persons published, on its days, and nothing else of the house."""

import re

import pytest

from models import Area, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from services.boards import agreeing, contesting, ending, publishing
from tests.boards import black, entry, household, published, put_forward, say, told
from tests.browse import Browser

CODE, VILLAGE = "620000100000", "620000100201"


@pytest.fixture
def stranger(app, office):
    with working(db.engine, system("测试")) as session:
        for name, code in (("样例乡", CODE), ("西沟村", VILLAGE)):
            session.get_one(Area, office.town.areas[name]).code = code
        record(session, "test.coded", "test", by=system("测试"), now=office.clock.now)
        session.commit()
    return Browser(app)


def read(stranger, code=CODE) -> str:
    answer = stranger.get(f"/p/{code}/boards")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.clause("HJ-2.1b", "HJ-3.3c")
def test_it_stands_there_when_the_second_person_agreed_and_not_a_moment_before(office, stranger):
    number = black(office)
    told(office, number)
    office.clock.pass_by(days=10)
    say(office, publishing.ask, number, "检查2次，2次发现门前乱堆乱放", "")
    assert "现在没有公布的内容" in read(stranger)
    say(office, agreeing.agree, number, who="王主任")
    assert all(words in read(stranger) for words in ("门前环境卫生黑榜", "北塬饭店", "西沟村", "2次发现门前乱堆乱放", "2026-11-30 至 2027-02-27"))
    assert "北塬饭店" in read(stranger, VILLAGE)


def test_withdrawn_it_is_gone_at_the_next_look(office, stranger):
    number = black(office)
    published(office, number)
    assert "北塬饭店" in read(stranger)
    say(office, ending.withdraw, number, "已经整改")
    assert "北塬饭店" not in read(stranger)


def test_it_is_gone_at_midnight_of_its_day_without_any_sweep(office, stranger):
    number = black(office)
    published(office, number)
    last = entry(office, number).expires_on
    office.clock.now = office.clock.now.replace(year=last.year, month=last.month, day=last.day, hour=0, minute=0)
    office.clock.pass_by(seconds=-1)
    assert "北塬饭店" in read(stranger)
    office.clock.pass_by(seconds=1)
    assert "北塬饭店" not in read(stranger)


@pytest.mark.clause("HJ-3.3a")
def test_what_is_for_inside_is_not_there(office, stranger):
    published(office, put_forward(office, "household-black", household(office, "马老三家")), "房前屋后环境卫生较差")
    assert "现在没有公布的内容" in read(stranger)


@pytest.mark.clause("HJ-2.3a")
def test_a_person_stands_masked_and_nothing_of_the_file_is_told(office, stranger):
    number = put_forward(office, "household-red", household(office, "马老三家", head="马老三"))
    published(office, number, "30户参评，评为卫生清洁农户", "11月20日当面同意")
    text = read(stranger)
    assert "马**家" in text
    for secret in ("马老三", "当面", "评议会", "孙纪检", "王主任", "199", "account", f"/boards/{number}"):
        assert secret not in text, secret
    assert re.findall(r'(?:href|src|action|id|name)="(?!data:|viewport|color-scheme|robots|format-detection)[^"]*"', text) == []


def test_no_cookie_no_copy_no_script_and_the_same_for_everybody(office, stranger, browse):
    published(office, black(office))
    answer, signed_in = stranger.get(f"/p/{CODE}/boards"), browse("王主任").get(f"/p/{CODE}/boards")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "script" not in answer.text
    assert answer.data == signed_in.data


@pytest.mark.parametrize("code", ["1", "620000999999", "%25", "..", "样例乡"])
def test_a_code_of_no_place_is_no_page(stranger, code):
    answer = stranger.get(f"/p/{code}/boards")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_a_name_that_is_changed_later_does_not_reach_the_page(office, stranger):
    number = black(office)
    published(office, number)
    with office.work() as session:
        row = entry(office, number)
        session.get_one(type(row), number).client.name = "北塬饭店（张三丰）"
        record(session, "test.renamed", "test", by=system("测试"), now=office.clock.now)
        session.commit()
    assert "张三丰" not in read(stranger)


def test_an_objection_leaves_it_off(office, stranger):
    number = black(office)
    told(office, number)
    say(office, contesting.object_, number, "不是我家的货")
    assert "北塬饭店" not in read(stranger)
