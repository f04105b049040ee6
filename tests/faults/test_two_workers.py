"""Two workers and a queue that is emptied again and again: each piece of work and each message is done once."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks import timetable
from tasks.queue import huey
from tests.faults.killing import unfinished
from tests.faults.ledger_of_truth import complaints
from tests.faults.load import Diary, busy, furnish
from tests.faults.processes import alive
from tests.faults.switches import amount, dice, told
from tests.gateway import TestGateway
from tests.homes import NOW
from tests.house import House, house_in

SECONDS = amount("WORKERS_SECONDS", 5)
PIECES = 15


@pytest.fixture
def house(queue_url: str, empty_home: Path, tmp_path: Path, gateway: tuple[TestGateway, str], request: pytest.FixtureRequest) -> Iterator[House]:
    """The small house with its files; or the large one, whose rows and queue are on servers."""
    changes = {"redis_url": queue_url, "database_url": request.getfixturevalue("postgres_url")} if queue_url else {}
    with house_in(empty_home, tmp_path, NOW, gateway_url=f"hook+{gateway[1]}", **changes) as house:
        yield house
    huey.storage.close()


def run(house: House, gateway: TestGateway, die: random.Random, plant: str = "") -> list[str]:
    """What is wrong after a busy while with one web server, two workers and no memory in the queue."""
    asked, emptied, gateway.pause = furnish(house), 0, 0.1 if plant else 0.02
    with alive(house.app.config["LIANXIN"], plant, ("web", "worker", "worker")) as (port, *_all):
        with busy(house, port, asked, str(die.random())) as diary:
            until = time.monotonic() + SECONDS
            while time.monotonic() < until or (not enough(diary, gateway, plant) and time.monotonic() < until + 60):
                time.sleep(die.uniform(0.05, 0.4))
                huey.storage.flush_all()
                emptied += 1
        finish(house)
    mine = sent(gateway)
    told(f"{len(diary.work)} pieces of work, {len(mine)} messages, the queue emptied {emptied} times")
    twice = sorted({key for key in mine if mine.count(key) > 1})  # nobody died, so nobody has a reason to say it again
    return complaints(house, diary, set(mine)) + [f"{key} was sent twice" for key in twice]


def sent(gateway: TestGateway) -> list[str]:
    return [one["key"] for one in list(gateway.requests) if one["key"].startswith("w")]


def enough(diary: Diary, gateway: TestGateway, plant: str) -> bool:
    """A planted fault is given time until it strikes, so that a slow machine doesn't hide it."""
    return len(set(sent(gateway))) < len(sent(gateway)) if plant else len(diary.work) >= PIECES


def finish(house: House) -> None:
    """The minute rings, until no work waits."""
    until = time.monotonic() + 60
    while time.monotonic() < until and unfinished(house):
        timetable.wake()
        time.sleep(0.5)


def test_two_workers_with_a_forgetful_queue_do_everything_once(house: House, gateway: tuple[TestGateway, str]) -> None:
    assert run(house, gateway[0], dice("two workers")) == []


@pytest.mark.parametrize("queue_url", ["sqlite"], indirect=True)
def test_the_harness_finds_workers_who_mind_no_lease(house: House, gateway: tuple[TestGateway, str]) -> None:
    assert [line for line in run(house, gateway[0], dice("two workers planted"), "greedy") if "twice" in line]
