"""One code, one use, however many ask at once."""

import pytest

from models import Account, db
from models.access.actor import system
from models.access.session import ActorSession, working
from services.second_factor import bind, spend_counter, spend_recovery
from services.sign_in import prune_attempts
from tests.cast import Town


@pytest.fixture
def codes(town: Town, now) -> list[str]:
    with working(db.engine, system("测试")) as session:
        made = bind(session, session.get_one(Account, 1), "sealed", 100, by=system("测试"), now=now)
        session.commit()
    return made


@pytest.mark.parametrize(("counter", "good"), [(99, False), (100, False), (101, True)])
def test_a_time_step_counts_only_if_it_is_newer_than_the_last(town: Town, codes, counter: int, good: bool) -> None:
    work = town.work()
    assert spend_counter(work, work.get_one(Account, 1), counter) is good


def test_of_two_requests_with_one_code_the_first_wins(town: Town, codes) -> None:
    first, late = (ActorSession(db.engine, info={"actor": system("测试")}) for _ in range(2))
    account = first.get_one(Account, 1)
    assert spend_counter(first, account, 101)
    first.commit()
    assert not spend_counter(late, late.get_one(Account, 1), 101)
    late.rollback()


def test_a_recovery_code_is_taken_in_any_spelling_and_once(town: Town, codes, now) -> None:
    work, by = town.work(), system("测试")
    account = work.get_one(Account, 1)
    assert spend_recovery(work, account, f" {codes[0].upper().replace('-', ' ')}", by=by, now=now)
    assert not spend_recovery(work, account, codes[0], by=by, now=now)
    assert not spend_recovery(work, account, "", by=by, now=now)
    assert prune_attempts(work, now) == 0
