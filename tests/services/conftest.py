import pytest

from tests.office import Office
from tests.policy import load_plans


@pytest.fixture
def office(town, clock) -> Office:
    """The office with the plans loaded; no round is open yet."""
    load_plans(clock.now)
    return Office(town, clock)
