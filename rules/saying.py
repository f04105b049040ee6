"""A rule's parameters in the words people read: the labels that the plan file's fields carry."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any, get_type_hints

from rules.choices import Choice
from rules.decode import param
from rules.month_day import MonthDay
from rules.text import _

INNER = _("代码")  # a mark for programs; people read the name beside it


def said(params: Any, names: Mapping[str, str]) -> list[str]:
    """“时长：5”, “单位：个工作日”; `names` tells what a code of another rule, scale or level is called."""
    return [f"{label}：{word(value, names)}" for label, value in _facts(params)]


def word(value: Any, names: Mapping[str, str]) -> str:
    """One value: a list with 、, a group of values in 〔〕."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, MonthDay):
        return month_day(value)
    if isinstance(value, tuple):
        return "、".join(word(one, names) for one in value)
    if dataclasses.is_dataclass(value):
        return f"〔{'，'.join(said(value, names))}〕"
    if isinstance(value, Choice):
        return value.label
    return f"{value:%H:%M}" if isinstance(value, time) else names.get(str(value), str(value))


def month_day(day: MonthDay) -> str:
    """“次月5日”, “最后一个工作日”, “倒数第2个工作日”."""
    month = _("次月") if day.next_month else _("当月")
    n, unit = (day.day, _("日")) if day.day is not None else (day.workday or 1, _("个工作日"))
    if n == -1:
        return month + (_("最后一日") if day.day is not None else _("最后一个工作日"))
    return f"{month}{_('第') if n > 0 and day.day is None else _('倒数第') if n < 0 else ''}{abs(n)}{unit}"


def _facts(params: Any) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(type(params), include_extras=True)
    for one in dataclasses.fields(params):
        label, value = param(hints[one.name]).label, getattr(params, one.name)
        if label != INNER and value not in (None, "", ()):
            yield label, value
