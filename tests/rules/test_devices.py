"""A device is named so that its owner knows it."""

import pytest

from rules.devices import device_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/80.0 Safari/537.36", "Windows 电脑，Chrome"),
        (f"Mozilla/5.0 (Linux; Android 10; V1) {WEBKIT} Chrome/86 Mobile Safari/537 MicroMessenger/8.0", "安卓手机，微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "iPhone，Safari"),
        ("curl/8", "curl/8"),
        ("", "未知设备"),
    ],
)
def test_a_browsers_boast_becomes_two_words(agent: str, name: str) -> None:
    assert device_name(agent) == name
