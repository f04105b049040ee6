"""The harness of the kills first finds three faults planted for it: without that its silence would mean nothing."""

import re

import pytest

from tests.faults.killing import run
from tests.faults.switches import dice
from tests.gateway import TestGateway
from tests.house import House


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("plant", "words"), [("hasty", "acknowledged|lost"), ("careless", "traces"), ("twice", "doubled")])
def test_the_kills_find_a_house_that_does_not_keep_its_word(
    house: House, gateway: tuple[TestGateway, str], plant: str, words: str
) -> None:
    found, _lives = run(house, gateway[0], dice("planted", plant), 8, plant)
    assert [line for line in found if re.search(words, line)]
