"""One decoder for all plan files: every mistake is found, told and never guessed away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.choices import Choice
from rules.decode import decode
from rules.kinds import KINDS
from rules.params import Fault, Param, path_text
from rules.plan_file import PackFile


class Colour(Choice):
    RED = "red", "红"
    GREEN = "green", "绿"


@dataclass(frozen=True)
class Inner:
    on: Annotated[date, Param("日期")]


@dataclass(frozen=True)
class Outer:
    name: Annotated[str, Param("名称")]
    amount: Annotated[int, Param("数量", least=1, most=3)] = 1
    colour: Annotated[Colour, Param("颜色")] = Colour.RED
    inner: Annotated[tuple[Inner, ...], Param("内层", most=1)] = ()
    words: Annotated[Mapping[str, str] | None, Param("用语")] = None
    flag: Annotated[bool, Param("开关")] = False


def told(**table):
    faults: list[Fault] = []
    made = decode(Outer, table, (), faults)
    assert (made is None) == bool(faults)
    return [f"{path_text(one.path)}：{one.reason}" for one in faults], faults


def test_a_good_table_becomes_a_value():
    faults: list[Fault] = []
    table = {
        "name": "甲",
        "amount": 3,
        "colour": "green",
        "inner": [{"on": date(2026, 1, 2)}],
        "words": {"a": "b"},
    }
    made = decode(Outer, table, (), faults)
    assert made == Outer("甲", 3, Colour.GREEN, (Inner(date(2026, 1, 2)),), {"a": "b"})
    assert not faults


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "name：缺少“name”（名称）"),
        ({"name": "  "}, "name：不能留空"),
        ({"name": 1}, "name：值 1 不对"),
        ({"name": "甲", "amount": 0}, "amount：不能少于1，现为0"),
        ({"name": "甲", "amount": 4}, "amount：不能多于3，现为4"),
        ({"name": "甲", "amount": True}, "amount：值 True 不对"),
        ({"name": "甲", "amount": "2"}, 'amount：值 "2" 不对'),
        ({"name": "甲", "amount": 2.0}, "amount：值 2.0 不对"),
        ({"name": "甲", "amount": 10**5000}, "amount：数太大"),
        ({"name": 10**5000}, "name：值 … 不对"),
        ({"name": "甲", "colour": [10**5000]}, "colour：不认识 …"),
        ({"name": "甲", "flag": 1}, "flag：值 1 不对"),
        ({"name": "甲", "colour": "gren"}, 'colour：不认识 "gren"'),
        ({"name": "甲", "colour": ["red"]}, "colour：不认识 ['red']"),
        ({"name": "甲", "inner": {}}, "inner：这里应是一个列表，写在方括号里"),
        ({"name": "甲", "inner": [1]}, "inner[1]：这里应是一组“名称 = 值”"),
        ({"name": "甲", "inner": [{"on": datetime(2026, 1, 2)}]}, "inner[1].on：值 2026-01-02T00:00:00 不对"),  # noqa: DTZ001
        ({"name": "甲", "inner": [{"on": date(2026, 1, 2)}] * 2}, "inner：不能多于1，现为2"),
        ({"name": "甲", "words": {"a": 1}}, "words.a：值 1 不对"),
    ],
)
def test_a_mistake_is_told_with_its_place(table, message):
    assert told(**table)[0] == [message]


def test_an_unknown_key_is_answered_with_the_nearest_one():
    _texts, faults = told(name="甲", amuont=2)
    assert str(faults[0].right).startswith("是不是想写“amount”")


def test_all_mistakes_are_found_at_once():
    assert len(told(nmae="甲", amount=9, colour="blue", inner=[{}, {"on": "x"}])[0]) == 6


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@given(st.sampled_from([PackFile, Outer, *KINDS.values()]), JSON)
def test_whatever_is_written_is_answered_and_never_crashes(cls, value):
    faults: list[Fault] = []
    made = decode(cls, value, ("x",), faults)
    assert isinstance(made, cls) or faults
    assert all(str(one.reason) and path_text(one.path) for one in faults)
