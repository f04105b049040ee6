"""Many hands on one ballot at the same moment: one ballot, whoever came last."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models import Ballot, Event, Invitation
from models.access.actor import system
from services.rounds.casting import Answer, cast
from tests.conftest import NOW
from tests.house import House, house_in

OWNER = system("企业评价")
HANDS = 10


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW) as house:
        yield house


def together(house: House, levels: list[str]) -> list[str]:
    """Every level cast by its own thread as soon as all are ready."""
    house.open()
    asked, gate = house.all(Invitation)[0].id, Barrier(len(levels))

    def press(level: str) -> str:
        gate.wait()
        with house.app.app_context(), house.work() as session:
            cast(session, session.get(Invitation, asked), Answer(level), by=OWNER, now=NOW)
            session.commit()
        return level

    with ThreadPoolExecutor(len(levels)) as pool:
        return list(pool.map(press, levels))


def test_the_same_answer_from_many_hands_is_one_ballot_and_one_line_in_the_log(house: House) -> None:
    together(house, ["satisfied"] * HANDS)
    (ballot,) = house.all(Ballot)
    assert (ballot.level, ballot.changes_made) == (4, 0)
    assert [event.verb for event in house.all(Event) if event.verb.startswith("ballot")] == ["ballot.cast"]


def test_different_answers_at_once_leave_one_ballot_with_one_of_them(house: House) -> None:
    together(house, ["very-satisfied", "satisfied", "fair", "dissatisfied", "very-dissatisfied"] * 2)
    (ballot,) = house.all(Ballot)
    assert ballot.level in {1, 2, 3, 4, 5}
    assert ballot.changes_made >= 4
