import pytest

from tests.browser.screens import EveryScreen

pytestmark = pytest.mark.browser


class TestVillage(EveryScreen):
    group = "village"
