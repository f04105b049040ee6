"""Tries are counted before the password is looked at, and taken back if it was right."""

from datetime import timedelta

from models import Account, Attempt
from rules.throttle import NO_WAIT
from services.sign_in import Try, knock, password_passed, password_wait, prune_attempts
from tests.cast import Town

CROWD = [("password", f"name:{n}") for n in range(1000)] + [("address", "127.0.0.1")] * 10


def test_guesses_made_at_once_are_counted_each(town: Town, now) -> None:
    work = town.work()
    door = Try("user3", work.get_one(Account, town.accounts["赵包抓"]), "127.0.0.1")
    waits = []
    for _ in range(6):
        waits.append(knock(work, door, now))
        work.flush()
    assert waits == [NO_WAIT] * 5 + [timedelta(minutes=1)]


def test_a_right_password_leaves_no_trace_of_its_own(town: Town, now) -> None:
    work = town.work()
    door = Try("user3", work.get_one(Account, town.accounts["赵包抓"]), "127.0.0.1")
    knock(work, door, now - timedelta(minutes=1))
    knock(work, door, now)
    work.flush()
    password_passed(work, door, now)
    assert [(a.kind, a.at) for a in work.query(Attempt)] == [("address", now - timedelta(minutes=1))]


def test_tries_are_forgotten_after_two_days_and_not_before(town: Town, now) -> None:
    work = town.work()
    knock(work, Try("nobody", None, "127.0.0.1"), now)
    work.flush()
    assert prune_attempts(work, now + timedelta(hours=47)) == 0
    assert prune_attempts(work, now + timedelta(hours=48)) == 2


def test_a_crowd_of_strangers_shuts_out_strangers_and_no_known_device(town: Town, now) -> None:
    work = town.work()
    account = work.get_one(Account, town.accounts["李经办"])
    work.add_all(Attempt(kind=kind, subject=subject, at=now) for kind, subject in CROWD)
    work.flush()
    assert password_wait(work, Try("user1", account, "127.0.0.1"), now) > NO_WAIT
    assert password_wait(work, Try("user1", account, "127.0.0.1", "known"), now) == NO_WAIT
