"""From a parsed table to a frozen dataclass: one decoder for everything in `plans/`.

Reads str, bool, int, date, time, Choice, tuple[X, ...], Mapping[str, X], X | None and nested
dataclasses. Whatever is wrong becomes a `Fault`; nothing is guessed and no mistake hides the next.
A dataclass may add its own checks as `problems() -> Iterable[Fault]`.
"""

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from rules.choices import Choice
from rules.params import Fault, Param, Path
from rules.text import Note, _, note

T = TypeVar("T")
BAD: Any = object()
LARGEST = 10**12
WORDS: dict[type, str] = {
    str: _("文字，写在引号里"),
    bool: _("true 或 false"),
    int: _("整数，不加引号"),
    date: _("日期，如 2026-01-31"),
    time: _("时间，如 08:30:00"),
}


def decode(cls: type[T], value: object, path: Path, faults: list[Fault]) -> T | None:
    """An instance of `cls`, or None after adding to `faults`."""
    made = _record(cls, value, path, faults)
    return None if made is BAD else cast(T, made)


def nearest(word: str, known: list[str]) -> Note:
    """“是不是想写 X” if something is near, and the whole list."""
    near = get_close_matches(word[:60], known, 1, 0.5)
    listed = "、".join(known)
    if near:
        return note(_("是不是想写“{near}”？可用的有：{listed}"), near=near[0], listed=listed)
    return note(_("可用的有：{listed}"), listed=listed)


def _record(cls: type, value: object, path: Path, faults: list[Fault]) -> Any:
    if not isinstance(value, dict):
        return _bad(faults, path, _("这里应是一组“名称 = 值”"))
    before = len(faults)
    hints = get_type_hints(cls, include_extras=True)
    fields = {field.name: field for field in dataclasses.fields(cls)}
    for key in value:
        if key not in fields:
            faults.append(
                Fault((*path, key), note(_("没有“{key}”这一项"), key=key), nearest(key, list(fields)))
            )
    facts = {}
    for name, field in fields.items():
        if name in value:
            facts[name] = _checked(hints[name], field, value[name], (*path, name), faults)
        elif _required(field):
            faults.append(
                Fault((*path, name), note(_("缺少“{key}”（{label}）"), key=name, label=label(hints[name])))
            )
    if len(faults) > before:
        return BAD
    made = cls(**facts)
    faults.extend(fault.under(path) for fault in getattr(made, "problems", tuple)())
    return made


def _checked(
    hint: Any, field: "dataclasses.Field[Any]", value: object, path: Path, faults: list[Fault]
) -> Any:
    got = _read(hint, value, path, faults)
    if got is BAD:
        return BAD
    if isinstance(got, str) and not got.strip() and _required(field):
        return _bad(faults, path, _("不能留空"))
    says = param(hint)
    size = got if isinstance(got, int) else len(got) if isinstance(got, tuple) else None
    if size is None or isinstance(got, bool):
        return got
    if says.least is not None and size < says.least:
        return _bad(faults, path, _("不能少于{least}，现为{size}"), least=says.least, size=size)
    if says.most is not None and size > says.most:
        return _bad(faults, path, _("不能多于{most}，现为{size}"), most=says.most, size=size)
    return got


def _read(hint: Any, value: object, path: Path, faults: list[Fault]) -> Any:
    origin = get_origin(hint)
    if origin is Annotated:
        return _read(get_args(hint)[0], value, path, faults)
    if origin in (Union, types.UnionType):
        return _read(next(one for one in get_args(hint) if one is not types.NoneType), value, path, faults)
    if origin is tuple:
        return _list(get_args(hint)[0], value, path, faults)
    if origin is Mapping:
        return _table(get_args(hint)[1], value, path, faults)
    if dataclasses.is_dataclass(hint):
        return _record(cast(type, hint), value, path, faults)
    if issubclass(hint, Choice):
        return _choice(hint, value, path, faults)
    return _scalar(hint, value, path, faults)


def _list(hint: Any, value: object, path: Path, faults: list[Fault]) -> Any:
    if not isinstance(value, list):
        return _bad(faults, path, _("这里应是一个列表，写在方括号里"))
    made = tuple(_read(hint, one, (*path, n), faults) for n, one in enumerate(value))
    return BAD if any(one is BAD for one in made) else made


def _table(hint: Any, value: object, path: Path, faults: list[Fault]) -> Any:
    if not isinstance(value, dict):
        return _bad(faults, path, _("这里应是一组“名称 = 值”"))
    made = {key: _read(hint, one, (*path, key), faults) for key, one in value.items()}
    return BAD if any(one is BAD for one in made.values()) else made


def _choice(hint: type[Choice], value: object, path: Path, faults: list[Fault]) -> Any:
    members = {member.value: member for member in hint}
    if isinstance(value, str) and value in members:
        return members[value]
    faults.append(
        Fault(
            path,
            note(_("不认识 {value}"), value=_short(value)),
            nearest(_short(value).strip('"'), list(members)),
        )
    )
    return BAD


def _scalar(hint: type, value: object, path: Path, faults: list[Fault]) -> Any:
    if isinstance(value, int) and hint is int and abs(value) > LARGEST:
        return _bad(faults, path, _("数太大"))
    if hint is object or type(value) is hint:
        return value
    faults.append(
        Fault(path, note(_("值 {value} 不对"), value=_short(value)), note(_("应是{what}"), what=WORDS[hint]))
    )
    return BAD


def _short(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    try:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    except ValueError:  # Python prints no whole number of more than 4300 digits
        return "…"
    return text if len(text) <= 30 else text[:30] + "…"


def _required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def param(hint: Any) -> Param:
    """What the field's annotation says about it."""
    found = (one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Param))
    return next(found, Param(""))


def label(hint: Any) -> str:
    """The field's Chinese label."""
    return param(hint).label


def _bad(faults: list[Fault], path: Path, reason: str, **values: object) -> Any:
    faults.append(Fault(path, note(reason, **values)))
    return BAD
