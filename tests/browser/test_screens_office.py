import pytest

from tests.browser.screens import EveryScreen

pytestmark = pytest.mark.browser


class TestOffice(EveryScreen):
    group = "office"
