"""Ways to lean on the count: leaving out a rater by hand, changing an answer from a plate on somebody else's wall."""

import pytest
from sqlalchemy import select

from models import Invitation, Signal
from rules.channels import Channel
from rules.errors import RuleBroken
from services.rounds.casting import Answer, cast
from services.rounds.telling import tell
from tests.office import OWNER, Office
from tests.policy import load_plans


@pytest.fixture
def office(town, clock):
    load_plans(clock.now)
    return Office(town, clock)


def test_no_hand_leaves_out_a_rater(office):
    round_id = office.open()
    with office.work() as session:
        asked = session.get_one(Invitation, office.invitation(round_id, "东岭合作社"))
        with pytest.raises(RuleBroken):
            tell(session, asked, "exclude", by=office.clerk, now=office.clock.now)


def scan(office, round_id, level, device, channel=Channel.PLATE):
    with office.work() as session:
        asked = session.get_one(Invitation, office.invitation(round_id, "东岭合作社"))
        cast(session, asked, Answer(level, channel=channel, device=device), by=OWNER, now=office.clock.now)
        session.commit()
    with office.work() as session:
        return list(session.scalars(select(Signal.kind)))


def test_an_answer_changed_at_the_wall_from_another_device_is_marked_once_and_still_counts(office):
    round_id = office.open()
    assert scan(office, round_id, "dissatisfied", "a" * 32) == []
    assert scan(office, round_id, "fair", "a" * 32) == [], "the owner thought again"
    assert scan(office, round_id, "satisfied", "b" * 32) == ["changed-elsewhere"]
    assert scan(office, round_id, "very-satisfied", "c" * 32) == ["changed-elsewhere"]


def test_the_same_answer_again_and_a_change_by_ones_own_link_are_not_marked(office):
    round_id = office.open()
    scan(office, round_id, "fair", "a" * 32)
    assert scan(office, round_id, "fair", "b" * 32) == []
    assert scan(office, round_id, "satisfied", "c" * 32, Channel.SMS) == []
