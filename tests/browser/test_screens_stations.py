import pytest

from tests.browser.screens import EveryScreen

pytestmark = pytest.mark.browser


class TestStations(EveryScreen):
    group = "stations"
