"""Numbers of orders."""

from rules.orders import numbered, place_in_line


def test_a_number_says_place_year_and_which_one():
    assert numbered(3, 2026, 1) == "DB3-2026-0001"
    assert place_in_line("DB3-2026-0041") == 41


def test_after_9999_it_grows_and_still_counts():
    assert place_in_line(numbered(3, 2026, 10000)) == 10000
