"""督办台: what was not touched today, what is due this week, what became of the month; nothing of it is typed."""

import re

import pytest

REPLY = "已上门三次，用电增容的事约好供电所周五来办。"


def part(page: str, heading: str) -> str:
    return page.split(f"<h2>{heading}</h2>")[1].split("</section>")[0]


@pytest.mark.clause("SGD-4.4b")
def test_an_order_that_nobody_touched_today_is_named_until_somebody_takes_a_step(office, browse, clock):
    number = office.order()
    leader = browse("王主任")
    assert "今天都动过了" in part(leader.get("/orders/board").text, "一日一跟踪")
    clock.pass_by(days=1)
    leader, cadre = browse("王主任"), browse("赵包抓")
    assert f"/orders/{number}" in part(leader.get("/orders/board").text, "一日一跟踪")
    cadre.post(f"/orders/{number}", {"move": "receive"})
    assert "今天都动过了" in part(leader.get("/orders/board").text, "一日一跟踪")


@pytest.mark.clause("SGD-4.4b")
def test_the_week_lists_what_is_late_or_due_until_sunday(office, browse, clock):
    number = office.order()
    assert "本周没有要调度的" in part(browse("王主任").get("/orders/board").text, "一周一调度")
    clock.pass_by(days=12)
    assert f"/orders/{number}" in part(browse("王主任").get("/orders/board").text, "一周一调度")
    browse("赵包抓").post(f"/orders/{number}", {"move": "reply", "text": REPLY})
    assert "本周没有要调度的" in part(browse("王主任").get("/orders/board").text, "一周一调度")


def figures(page: str) -> list[str]:
    """下发、答复、销号、在办、现已超期、退回次数 of the only person."""
    return [re.sub(r"<[^>]+>|\s", "", cell) for cell in re.findall(r"<td class=\"is-short\"[^>]*>(.*?)</td>", part(page, "一月一汇报"))]


@pytest.mark.clause("SGD-4.4b")
def test_the_month_is_counted_from_the_steps(office, browse, clock):
    path = f"/orders/{office.order()}"
    leader, cadre = browse("王主任"), browse("赵包抓")
    assert figures(leader.get("/orders/board").text) == ["1", "0", "0", "1", "0", "0"]
    cadre.post(path, {"move": "reply", "text": REPLY})
    leader.post(path, {"move": "send_back", "remark": "供电所没来"})
    cadre.post(path, {"move": "reply", "text": REPLY})
    leader.post(path, {"move": "verify", "remark": "属实"})
    leader.post(path, {"move": "cancel"})
    assert figures(leader.get("/orders/board").text) == ["1", "1", "1", "0", "0", "1"]
    assert "这个月没有督办单" in leader.get("/orders/board?month=2026-10").text
    clock.pass_by(days=40)
    leader = browse("王主任")
    assert "这个月没有督办单" in leader.get("/orders/board").text
    assert figures(leader.get("/orders/board?month=2026-11").text) == ["1", "1", "1", "0", "0", "1"]


@pytest.mark.parametrize("month", ["", "x", "2026-13", "9999-12", "0000-00", "0001-01", "2026-11'--"])
def test_an_odd_month_is_this_one(office, browse, month):
    office.order()
    page = browse("王主任").get(f"/orders/board?month={month}")
    assert page.status_code == 200
    assert "2026年11月" in part(page.text, "一月一汇报")


@pytest.mark.parametrize(("who", "code"), [("李经办", 200), ("孙纪检", 200), ("赵包抓", 403), ("周系统", 403)])
def test_the_board_is_the_offices(office, browse, who, code):
    assert browse(who).get("/orders/board").status_code == code
