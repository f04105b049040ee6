"""One command keeps the house standing: real processes, started, killed and stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from settings import ROOT

WAIT = 30
STOP = 10


class House:
    """A supervisor with its output."""

    def __init__(self, home: Path, port: int, **environment: str) -> None:
        self.port = port
        names = {"LIANXIN_HOME": str(home), "LIANXIN_PORT": str(port), **environment}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tasks.supervisor"], cwd=ROOT, env={**os.environ, **names}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def read_until(self, words: str) -> str:
        text = ""
        for line in self.process.stdout:
            text += line
            if words in line:
                break
        assert words in text, text
        return text

    def children(self) -> dict[str, psutil.Process]:
        found = psutil.Process(self.process.pid).children()
        return {"worker" if "tasks.worker" in child.cmdline() else "web": child for child in found}

    def answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=WAIT)) as connection:
            connection.request("GET", "/readyz")
            with connection.getresponse() as response:
                return response.status == 200

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=WAIT)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def begin(at: int = port, **environment: str) -> House:
        houses.append(House(tmp_path / "home", at, **environment))
        return houses[-1]

    yield begin
    for house in houses:
        with suppress(ValueError):
            house.end()


def test_an_empty_township_starts_with_one_link_and_stops_cleanly(start: Callable[..., House]) -> None:
    house = start()
    said = house.read_until("Ctrl-C")
    assert re.search(r"http://127\.0\.0\.1:\d+/activate/\S{20,}", said)
    assert house.answers()
    children = house.children()
    assert set(children) == {"web", "worker"}
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(STOP) == 0
    assert not any(child.is_running() and child.status() != "zombie" for child in children.values())


def test_whoever_dies_is_replaced_and_nobody_outlives_the_supervisor(start: Callable[..., House]) -> None:
    house = start()
    house.read_until("Ctrl-C")
    for name in ("worker", "web"):
        house.children()[name].kill()
        house.read_until("自动重启")
        assert house.answers()
    house.process.send_signal(signal.SIGSTOP)
    children = house.children()
    house.process.kill()
    gone, alive = psutil.wait_procs(children.values(), timeout=STOP)
    assert not [child for child in alive if child.status() != "zombie"]


def test_two_starts_at_once_share_one_set_up(start: Callable[..., House]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        other = server.getsockname()[1]
    houses = [start(), start(other)]
    for house in houses:
        house.read_until("Ctrl-C")
        assert house.answers()


def test_a_port_in_use_is_told_in_a_sentence(start: Callable[..., House], port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        said = start().read_until("端口打不开")
    assert "Traceback" not in said


def test_an_open_network_without_https_is_refused_unless_insisted_on(start: Callable[..., House]) -> None:
    shut = start(LIANXIN_HOST="0.0.0.0")
    assert "不能启动" in shut.read_until("HTTPS")
    assert shut.process.wait(WAIT) == 78
    house = start(LIANXIN_HOST="0.0.0.0", LIANXIN_INSECURE_HTTP="1")
    assert "警告" in house.read_until("Ctrl-C")
