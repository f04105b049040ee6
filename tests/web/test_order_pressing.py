"""Pressing, extending and the level reached, as the pages show them."""

import pytest

from models import Extension, Order


def order(office) -> Order:
    return office.all(Order)[0]


def test_ticked_on_the_board_several_are_pressed_for_at_once_and_what_was_pressed_today_is_said(office, browse, clock):
    number = office.order()
    clock.pass_by(days=1)
    clerk = browse("李经办")
    assert f'name="order" value="{number}"' in clerk.get("/orders/board").text
    page = clerk.post("/orders/board/urge", {"order": [number, number]}, follow_redirects=True).text
    assert "已催办 1 件" in page
    assert "今天都动过了" in page
    assert "第1次催办" in clerk.get(f"/orders/{number}").text
    again = clerk.post("/orders/board/urge", {"order": [number]}, follow_redirects=True).text
    assert "今天已经催过" in again
    assert order(office).urged == 1


@pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["99999999999999"]])
def test_nothing_ticked_is_said(office, browse, ticked):
    office.order()
    assert "请先勾选" in browse("李经办").post("/orders/board/urge", {"order": ticked}, follow_redirects=True).text


def test_what_is_not_there_is_not_pressed_for(office, browse):
    office.order()
    assert browse("李经办").post("/orders/board/urge", {"order": [9999]}).status_code == 404


@pytest.mark.clause("JF-3.4d")
def test_the_person_asks_for_more_time_and_the_leader_answers_on_the_order(office, browse):
    path = f"/orders/{office.order()}"
    cadre, leader = browse("赵包抓"), browse("王主任")
    assert 'value="agree_extension"' not in leader.get(path).text
    refused = cadre.post(path, {"move": "ask_extension", "amount": "30", "reason": "供电所下月才来"})
    assert refused.status_code == 409
    assert "最多可延长7个工作日" in refused.text
    assert "供电所下月才来" in refused.text
    cadre.post(path, {"move": "ask_extension", "amount": "5", "reason": "供电所下周才来"})
    page = leader.get(path).text
    assert "供电所下周才来" in page
    assert 'value="agree_extension"' in page
    assert 'value="ask_extension"' not in cadre.get(path).text
    first = order(office).due_on
    leader.post(path, {"move": "agree_extension", "remark": "情况属实"})
    page = cadre.get(path).text
    assert f"最初期限 {first}" in page
    assert f"王主任同意延期到{order(office).due_on}" in page
    assert [one.agreed for one in office.all(Extension)] == [True]


def test_the_order_says_which_level_it_has_reached(office, browse, clock):
    path = f"/orders/{office.order()}"
    assert "已到第" not in browse("王主任").get(path).text
    clock.pass_by(days=12)
    assert "已到第 1 级" in browse("王主任").get(path).text
