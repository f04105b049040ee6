"""The bench still runs against the tables as they are: its shape is checked here, never its times."""

from pathlib import Path

import pytest

from bench import data, pages
from bench.heavy import child
from bench.house import House, settings_for
from bench.stock import Stock
from bench.table import markdown


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    home: Path = tmp_path_factory.mktemp("bench")
    return House(settings_for(home), data.TINY)


def test_every_row_is_measured_and_printed(house):
    rows, page_one = pages.lists(house, Stock(house.settings.database_url), 1)
    rows += pages.daily(house, 1)
    assert page_one.median > 0
    assert all(row.ours is not None and row.ours.median > 0 for row in rows)
    assert markdown(rows).count("\n") == len(rows) + 1


def test_forms_and_pick_lists_are_measured_beside_stock(house):
    rows = list(pages.forms(house, Stock(house.settings.database_url), 1, None))
    assert [row.stock is not None for row in rows[:2]] == [True, True]


def test_a_page_costs_the_same_statements_wherever_it_lies(house):
    clerk = house.browse("clerk")
    near = pages.count(house, clerk, pages.LIST)
    assert pages.count(house, clerk, f"{pages.LIST}&page=3") == near
    assert pages.count(house, clerk, f"{pages.LIST}&search=用电增容&sort=number") == near + 1  # how rare the word is


def test_a_month_and_an_export_run_in_processes_of_their_own(house):
    took = child("round", house.settings.home)
    assert took["asked"] == data.TINY.enterprises - 3  # some shops pause
    assert took["texted"] > 0
    exported = child("export", house.settings.home)
    assert exported["rows"] == data.TINY.orders // 10
    assert 0 < exported["before"] <= exported["peak"]
