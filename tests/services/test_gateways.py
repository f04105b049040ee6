"""Ways out of the house, against a real HTTP server."""

import pytest

from rules.notices import Channel
from services.gateways import Busy, Message, Refused, open_gateway
from services.gateways.hook import HookGateway
from tests.gateway import running

MESSAGE = Message("k1", Channel.SMS, "19900000011", "测评提醒", "请评价本月服务", "https://x.example/s/abc")


def test_a_message_arrives_with_its_key_and_link() -> None:
    with running() as (gateway, url):
        open_gateway(f"hook+{url}").send(MESSAGE)
    assert gateway.taken["k1"] == {
        "key": "k1", "channel": "sms", "to": "19900000011", "subject": "测评提醒",
        "text": "请评价本月服务 https://x.example/s/abc",
    }  # fmt: skip


def test_a_repeat_that_the_gateway_recognises_counts_as_taken() -> None:
    with running() as (gateway, url):
        for _ in range(2):
            open_gateway(f"hook+{url}").send(MESSAGE)
    assert len(gateway.taken) == 1


@pytest.mark.parametrize(("status", "trouble"), [(500, Busy), (503, Busy), (429, Busy), (400, Refused), (302, Refused)])
def test_what_the_gateway_answers_decides_whether_to_try_again(status: int, trouble: type[Exception]) -> None:
    with running(status) as (_, url), pytest.raises(trouble):
        open_gateway(f"hook+{url}").send(MESSAGE)


def test_a_gateway_that_hangs_is_busy() -> None:
    with running(0) as (_, url), pytest.raises(Busy):
        HookGateway(url, seconds=0.2).send(MESSAGE)


def test_a_gateway_that_is_not_there_is_busy() -> None:
    with running() as (_, url):
        pass
    with pytest.raises(Busy):
        HookGateway(url, seconds=1).send(MESSAGE)


def test_apprise_takes_an_sms_only_where_the_address_has_a_place_for_the_phone() -> None:
    assert open_gateway("apprise:json://127.0.0.1/sms/{to}").serves(Channel.SMS)
    assert not open_gateway("apprise:json://127.0.0.1/group").serves(Channel.SMS)
    assert open_gateway("apprise:json://127.0.0.1/group").serves(Channel.CHAT)


def test_apprise_sends_to_the_phone_in_the_address() -> None:
    with running(200, 500) as (gateway, url):
        way = open_gateway(f"apprise:{url.replace('http:', 'json:')}/{{to}}")
        way.send(MESSAGE)
        with pytest.raises(Busy):
            way.send(MESSAGE)
    assert list(gateway.taken) == ["/sms/19900000011"]


def test_without_an_address_there_is_no_gateway() -> None:
    assert open_gateway("") is None
