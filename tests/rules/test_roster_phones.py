"""A telephone number is found however a clerk has written it."""

import pytest

from rules.rosters.phones import mask, read_phones


@pytest.mark.parametrize(
    "written",
    [
        "19900000001",
        "１９９０００００００１",
        "199 0000 0001",
        "199-0000-0001",
        "+8619900000001",
        "+86 199 0000 0001",
        "86-19900000001",
        "19900000001.0",
        "1.9900000001E+10",
        " 199\u30000000\xa00001 ",
        "电话：19900000001",
        "\ufeff19900000001",
    ],
)
def test_a_mobile_is_read(written):
    assert read_phones(written).numbers == ("19900000001",)
    assert not read_phones(written).is_bad


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0934-1234567", "0934-1234567"),
        ("09342234567", "0934-2234567"),
        ("（0934）2234567", "0934-2234567"),
        ("010-62345678", "010-62345678"),
        ("0934—2234567", "0934-2234567"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_a_land_line_is_read(written, read):
    assert read_phones(written).first == read


@pytest.mark.parametrize(
    "written", ["1990000000", "199000000012", "12345", "1.99E+10", "19900000001 2", "2号店"]
)
def test_a_number_with_a_digit_too_few_or_too_many_is_bad(written):
    assert read_phones(written).is_bad
    assert read_phones(written).words == ()


@pytest.mark.parametrize(
    "written",
    [
        "马万壬19900000001",
        "马万壬 19900000001",
        "马  万壬（19900000001）",
        "马万壬：199 0000 0001",
        "19900000001马万壬",
    ],
)
def test_a_name_beside_its_number_is_parted(written):
    assert (read_phones(written).word, read_phones(written).first) == ("马万壬", "19900000001")


@pytest.mark.parametrize("between", ["/", "、", "，", " ", "\n", "；", "或"])
def test_of_two_numbers_the_first_comes_first(between):
    assert read_phones(f"19900000001{between}19900000002").numbers == ("19900000001", "19900000002")


def test_a_masked_number_keeps_both_ends():
    assert mask("19900000001") == "199****0001"
    assert mask("0934-1234567") == "0934-***4567"
