"""红黑榜 on the pages: two people at the screen, whoever reads is on record, the person himself sees his own when he is told."""

import pytest

from models import BoardEntry, Event
from rules.boards import BoardState
from tests.boards import black, entry, household, put_forward, shown, told


def readings(office) -> list[str]:
    return [one.by for one in office.all(Event) if one.verb == "board.read"]


@pytest.mark.clause("HJ-2.1b")
def test_confirmed_told_asked_for_by_one_agreed_by_the_other_and_withdrawn(office, browse, clock):
    number = black(office)
    path, inspector, leader = f"/boards/{number}", browse("孙纪检"), browse("王主任")
    assert "北塬饭店" in inspector.get("/boards/").text
    leader.post(path, {"move": "confirm", "reason": "两次检查属实"})
    inspector.post(path, {"move": "tell", "how": "11月20日当面告知店主"})
    assert 'value="ask"' not in inspector.get(path).text
    clock.pass_by(days=10)
    inspector, leader = browse("孙纪检"), browse("王主任")
    assert "检查2次，2次发现门前" in inspector.get(path).text
    inspector.post(path, {"move": "ask", "words": "检查2次，2次发现乱堆乱放"})
    assert 'value="agree"' not in inspector.get(path).text
    assert inspector.post(path, {"move": "agree"}).status_code == 409
    assert leader.post(path, {"move": "agree"}).status_code == 303
    assert entry(office, number).state is BoardState.PUBLISHED
    assert "北塬饭店" in leader.get("/admin/publication/").text
    leader.post(path, {"move": "withdraw", "why": "已经改好"})
    assert entry(office, number).state is BoardState.WITHDRAWN


def test_a_refused_text_stays_in_the_box(office, browse, clock):
    number = black(office)
    told(office, number)
    clock.pass_by(days=10)
    answer = browse("孙纪检").post(f"/boards/{number}", {"move": "ask", "words": "请打电话19900000014"})
    assert answer.status_code == 409
    assert "请打电话19900000014" in answer.text
    assert "像电话" in answer.text
    assert shown(office) == []


@pytest.mark.clause("HJ-3.3a", "HJ-2.3a")
def test_a_household_is_put_forward_by_hand_once_and_confirmed_by_another(office, browse):
    home = household(office)
    inspector = browse("孙纪检")
    page = inspector.get("/boards/new?board=household-red&word=东岭")
    assert "东岭村12号" in page.text
    sent = {"board": "household-red", "subject": home, "n": "30", "grounds": "评议会评出", "once": "abc"}
    places = {inspector.post("/boards/new", sent).headers["Location"] for _twice in range(2)}
    assert len(places) == len(office.all(BoardEntry)) == 1
    path = places.pop()
    assert 'value="confirm"' not in inspector.get(path).text
    assert 'value="confirm"' in browse("王主任").get(path).text


def test_a_small_base_is_refused_and_what_was_typed_stays(office, browse):
    home = household(office)
    answer = browse("孙纪检").post("/boards/new", {"board": "household-red", "subject": home, "n": "3", "grounds": "评议会评出", "once": "a"})
    assert answer.status_code == 409
    assert "基数只有3" in answer.text
    assert "评议会评出" in answer.text


@pytest.mark.parametrize("who", ["李经办", "赵包抓"])
def test_others_find_nothing(office, browse, who):
    number = black(office)
    assert "没有要告知您的红黑榜" in browse(who).get("/boards/").text
    assert browse(who).get(f"/boards/{number}").status_code == 404
    assert browse(who).get("/boards/new").status_code == 403


def test_whoever_reads_is_on_record(office, browse):
    number = put_forward(office, "household-red", household(office))
    browse("王主任").get(f"/boards/{number}")
    assert readings(office) == ["王主任"]
    browse("王主任").get("/boards/")
    assert [one.by for one in office.all(Event) if one.verb == "boards.listed"] == ["王主任"]
