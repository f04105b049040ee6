"""PostgreSQL stops and starts under load: people are told when to come again, nobody dies, and nothing is lost or doubled."""

import time

import pytest

from models import db
from tests.faults.killing import finish
from tests.faults.ledger_of_truth import complaints
from tests.faults.load import busy, furnish
from tests.faults.processes import alive
from tests.faults.switches import dice, told
from tests.gateway import TestGateway
from tests.house import House
from tests.servers import stopped

pytestmark = pytest.mark.servers
WAYS = ("fast", "immediate")


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_a_server_that_stops_and_starts_under_load_loses_nothing(house: House, postgres: str, gateway: tuple[TestGateway, str]) -> None:
    die, asked, gateway[0].pause = dice("server away"), furnish(house), 0.02
    with alive(house.app.config["LIANXIN"]) as (port, *processes):
        with busy(house, port, asked, str(die.random())) as diary:
            for how in WAYS:
                answered(diary, 6)
                before = diary.told_to_wait
                with stopped(postgres, how):
                    until = time.monotonic() + 20
                    while diary.told_to_wait < before + 3 and time.monotonic() < until:
                        time.sleep(0.05)
                assert diary.told_to_wait >= before + 3, f"nobody was told to wait: {how}"
            answered(diary, 6)
        assert all(one.lives_on() for one in processes)
        db.engine.dispose()
        finish(house, processes[1])  # work that was cut off waits for its lease to run out
    told(f"{diary.answers} answers, {diary.told_to_wait} times told to come again, {len(diary.work)} pieces of work")
    found = complaints(house, diary, {key for key in gateway[0].taken if key.startswith("w")})
    assert found == [], "\n".join(found)


def answered(diary: object, times: int) -> None:
    """Wait until so many more were answered."""
    enough, until = diary.answers + times, time.monotonic() + 30
    while diary.answers < enough and time.monotonic() < until:
        time.sleep(0.05)
    assert diary.answers >= enough, "the house doesn't answer any more"
