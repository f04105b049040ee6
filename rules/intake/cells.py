"""One cell of an office's sheet as the value that the column holds, or why not and what would be right."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from rules import typed
from rules.choices import Choice
from rules.errors import RuleBroken
from rules.rosters.phones import CUT, read_phones
from rules.rosters.tidy import close_up, fold, squeeze
from rules.rosters.tidy import value as meaning
from rules.text import _

TOWN = ZoneInfo("Asia/Shanghai")
YES, NO = frozenset({"是", "有", "√", "✓", "对", "1", "y", "yes", "true"}), frozenset({"否", "无", "没有", "×", "✗", "不", "0", "n", "no", "false"})
_FIRST, _LAST = 20_000, 80_000  # Excel's days of 1954 and 2119: a date that lost its format
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(r"[T ]*(\d{1,2})[::时](\d{1,2})(?:[::分]\d{1,2})?(?:\.\d+)?[秒分]?")


def wrong(message: str, **values: object) -> RuleBroken:
    return RuleBroken("cell-wrong", message, **values)


def text(given: str, longest: int, *, is_long: bool = False) -> str:
    tidy = typed.clean(given) if is_long else meaning(typed.clean(given))
    if len(tidy) > longest:
        raise wrong(_("太长：最多{n}个字，现有{m}个。"), n=longest, m=len(tidy))
    return tidy


def phone(given: str) -> str:
    """One number in digits."""
    tidy = meaning(typed.clean(given))
    found = read_phones(tidy)
    if not tidy:
        return ""
    if found.is_cut:
        raise wrong(CUT)
    if len(found.numbers) > 1:
        raise wrong(_("一格里有{n}个号码，请只留一个。"), n=len(found.numbers))
    if found.is_bad or not found.numbers or found.words:
        raise wrong(_("不是电话号码：手机写11位数字，座机写区号和号码，例如 0931-0000000。"))
    return found.first


def choice(given: str, kind: type[Choice]) -> Choice | None:
    name = squeeze(given)
    if not name:
        return None
    for one in kind:
        if name in (*_spellings(one.label), one.value):
            return one
    raise wrong(_("没有这个选项，可以填：{said}。"), said=said(one.label for one in kind))


def _spellings(label: str) -> list[str]:
    """`村（社区）`, 村 and 社区 alike."""
    whole = squeeze(label)
    return [whole, *(part for part in re.split(r"[()]", whole) if part)] if "(" in whole else [whole]


def said(names: object) -> str:
    return "、".join(list(names)[:20])  # type: ignore[call-overload]


def yes_no(given: str) -> bool | None:
    name = squeeze(given)
    if not name:
        return None
    if name in YES or name in NO:
        return name in YES
    raise wrong(_("请填“是”或“否”。"))


def whole(given: str) -> int | None:
    tidy = meaning(fold(typed.clean(given))).replace(",", "") if squeeze(given) != "0" else "0"
    if not tidy:
        return None
    if not re.fullmatch(r"-?\d{1,10}(?:\.0+)?", tidy) or abs(int(tidy.split(".")[0])) > typed.BIGGEST:
        raise wrong(_("请填整数，只写数字，不写单位。"))
    return int(tidy.split(".")[0])


def decimal(given: str, digits: int | None, scale: int) -> Decimal | None:
    tidy = fold(typed.clean(given)).replace(",", "")
    if not tidy:
        return None
    try:
        number = Decimal(tidy) if re.fullmatch(r"-?\d{1,20}(?:\.\d{1,10})?", tidy) else Decimal("nan")
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) >= 10 ** ((digits or 18) - scale):
        raise wrong(_("请填数字，不写单位。"))
    return round(number, scale)


def day(given: str) -> dt.date | None:
    found, rest = _day(given)
    if rest and not _CLOCK.fullmatch(rest):
        raise _no_day()
    return found


def moment(given: str) -> dt.datetime | None:
    """An instant of the township; a day alone begins at midnight."""
    found, rest = _day(given)
    if found is None:
        return None
    match = _CLOCK.fullmatch(rest) if rest else None
    if rest and match is None:
        raise _no_day()
    hour, minute = (int(match[1]), int(match[2])) if match else (0, 0)
    if hour > 23 or minute > 59:
        raise _no_day()
    return dt.datetime(found.year, found.month, found.day, hour, minute, tzinfo=TOWN)


def _day(given: str) -> tuple[dt.date | None, str]:
    tidy = close_up(fold(typed.clean(given)))
    if not meaning(tidy):
        return None, ""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", tidy) and _FIRST < float(tidy) < _LAST:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(float(tidy))), ""
    match = _DAY.match(tidy) or _PACKED.fullmatch(tidy)
    if match is None:
        raise _no_day()
    try:
        found = dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        raise wrong(_("没有这一天，请核对。")) from None
    if found.year not in typed.YEARS:
        raise _no_day()
    return found, tidy[match.end() :].strip()


def _no_day() -> RuleBroken:
    return wrong(_("不是日期：请写成 2024-07-28 的样子。"))


def variants(name: str) -> Sequence[str]:
    """One name with brackets of either width, as offices write them."""
    half = name.replace("（", "(").replace("）", ")")
    return list(dict.fromkeys((name, half, half.replace("(", "（").replace(")", "）"))))
