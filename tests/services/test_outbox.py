"""Messages: written with the change, sent at least once, marked once, never at night, never with a private number."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from models import Notice, db
from models.access.actor import system
from models.access.session import working
from rules.errors import RuleBroken
from rules.notices import MAX_ATTEMPTS, Channel, NoticeState
from services.delivery import claim, deliver, unreachable
from services.desk import Desk, standing
from services.gateways import Busy, Message, Refused
from services.outbox import drop_notice, queue_notice, send_due
from tests.homes import NOW, tamper


@dataclass
class Way:
    """A way out that remembers, and fails as told."""

    sent: list[Message]
    trouble: Exception | None = None

    def serves(self, channel: Channel) -> bool:
        return True

    def send(self, message: Message) -> None:
        self.sent.append(message)
        if self.trouble:
            raise self.trouble


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def way() -> Way:
    return Way([])


@pytest.fixture
def desk(app: Flask, way: Way) -> Desk:
    return Desk(db.engine, app.config["LIANXIN"], standing(NOW), way)


def later(desk: Desk, **by: int) -> Desk:
    return replace(desk, clock=standing(desk.clock() + timedelta(**by)))


def queue(desk: Desk, key: str = "k1", channel: Channel = Channel.SMS, **more: object) -> int:
    facts = {"subject": "测评提醒", "body": "请评价本月服务", "to": "19900000011", "run_at": NOW, **more}
    with working(desk.engine, system("测试")) as session:
        row = queue_notice(session, key=key, channel=channel, **facts)
        session.commit()
        return row.id


def row(desk: Desk, number: int) -> Notice:
    with working(desk.engine, system("测试")) as session:
        return session.get_one(Notice, number)


def test_a_message_goes_out_once_and_is_marked(desk: Desk, way: Way) -> None:
    number = queue(desk)
    assert send_due(desk) == {"sent": 1}
    assert send_due(desk) == {}
    assert [message.to for message in way.sent] == ["19900000011"]
    assert row(desk, number).sent_at == NOW


def test_the_same_key_is_the_same_message(desk: Desk) -> None:
    assert queue(desk) == queue(desk, body="另一句话")


def test_a_message_whose_change_is_rolled_back_was_never_there(desk: Desk) -> None:
    with working(desk.engine, system("测试")) as session:
        queue_notice(session, key="k", channel=Channel.INBOX, subject="x", run_at=NOW)
        session.rollback()
    assert send_due(desk) == {}


def test_a_message_waits_for_its_time(desk: Desk) -> None:
    queue(desk, run_at=NOW + timedelta(minutes=5))
    assert send_due(later(desk, minutes=4)) == {}
    assert send_due(later(desk, minutes=5)) == {"sent": 1}


@pytest.mark.parametrize(("clock", "sent"), [("20:59", 2), ("21:00", 1), ("07:29", 1), ("07:30", 2)])
def test_no_phone_rings_at_night_but_the_inbox_fills(desk: Desk, clock: str, sent: int) -> None:
    hour, minute = map(int, clock.split(":"))
    moment = NOW.replace(hour=hour, minute=minute)
    for channel in (Channel.SMS, Channel.INBOX):
        queue(desk, key=channel.value, channel=channel, run_at=NOW - timedelta(days=1))
    assert send_due(replace(desk, clock=standing(moment))).total() == sent


def test_a_gateway_that_is_away_is_tried_again_ever_more_slowly_and_then_given_up(desk: Desk, way: Way) -> None:
    number = queue(desk)
    way.trouble = Busy("away")
    pauses = []
    for _ in range(MAX_ATTEMPTS - 1):
        assert send_due(desk) == {"retry": 1}
        pauses.append(int((row(desk, number).run_at - desk.clock()).total_seconds() // 60))
        assert send_due(later(desk, minutes=pauses[-1], seconds=-1)) == {}
        desk = later(desk, minutes=pauses[-1])
    assert pauses == [1, 2, 4, 8, 16]
    assert send_due(desk) == {"failed": 1}
    assert "纸质或电话" in row(desk, number).error


def test_a_message_that_the_gateway_refuses_is_not_tried_again(desk: Desk, way: Way) -> None:
    queue(desk)
    way.trouble = Refused("bad number")
    assert send_due(desk) == {"failed": 1}
    assert send_due(later(desk, days=1)) == {}


def test_without_a_way_out_the_message_is_listed_for_paper_or_phone(desk: Desk) -> None:
    number = queue(desk)
    assert send_due(replace(desk, gateway=None)) == {"no_channel": 1}
    with working(desk.engine, system("测试")) as session:
        assert [one.id for one in unreachable(session)] == [number]


def test_a_message_without_a_phone_is_listed_too(desk: Desk, way: Way) -> None:
    queue(desk, to=None)
    assert send_due(desk) == {"no_channel": 1}
    assert way.sent == []


def test_a_cancelled_message_does_not_go_out(desk: Desk) -> None:
    queue(desk)
    with working(desk.engine, system("测试")) as session:
        assert drop_notice(session, "k1")
        session.commit()
    assert send_due(desk) == {}


def test_a_sender_that_died_is_replaced_when_its_lease_is_over(desk: Desk) -> None:
    queue(desk)
    claim(desk)
    assert send_due(later(desk, seconds=119)) == {}
    assert send_due(later(desk, minutes=2)) == {"sent": 1}


def test_a_sender_that_comes_back_too_late_marks_nothing(desk: Desk) -> None:
    number = queue(desk)
    slow = claim(desk)
    quick = claim(later(desk, minutes=2))
    assert deliver(later(desk, minutes=2), quick) == "sent"
    assert deliver(later(desk, minutes=3), slow) == "lost"
    assert row(desk, number).sent_at == NOW + timedelta(minutes=2)


def test_a_lease_taken_by_a_clock_far_ahead_does_not_block(desk: Desk) -> None:
    queue(desk)
    claim(later(desk, days=400))
    assert send_due(desk) == {"sent": 1}


@pytest.mark.parametrize("body", ["请联系19900000012", "身份证11010119900101001X", "张三已评价"])
def test_private_words_do_not_leave_the_house(desk: Desk, body: str) -> None:
    with pytest.raises(RuleBroken, match="不能带手机号"):
        queue(desk, body=body, private=("张三",))
    with working(desk.engine, system("测试")) as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_the_township_hotline_may_stand_in_a_message(desk: Desk) -> None:
    assert queue(desk, body="咨询电话 0000-12345678")


def test_a_row_that_was_tampered_with_does_not_hold_up_the_others(app: Flask, desk: Desk, way: Way) -> None:
    bad, good = queue(desk, key="a"), queue(desk, key="b")
    tamper(app, f"UPDATE notices SET body = (SELECT body FROM notices WHERE id = {good}) WHERE id = {bad}")
    assert send_due(desk) == {"sent": 1}
    assert [message.key for message in way.sent] == ["b"]
    with working(desk.engine, system("测试")) as session:
        states = dict(session.execute(select(Notice.id, Notice.state)).all())
    assert states == {bad: NoticeState.FAILED, good: NoticeState.SENT}


def test_every_waiting_message_is_sent_when_a_month_was_missed(desk: Desk) -> None:
    for day in range(31):
        queue(desk, key=f"d{day}", run_at=NOW + timedelta(days=day))
    assert send_due(later(desk, days=40)) == {"sent": 31}
