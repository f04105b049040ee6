"""Levels of the area tree, their codes (GB/T 10114: 2+2+2+3+3 digits) and kinds of units."""

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.text import _


class AreaLevel(Choice):
    CITY = "city", _("市")
    COUNTY = "county", _("县（区）")
    TOWNSHIP = "township", _("乡镇（街道）")
    VILLAGE = "village", _("村（社区）")
    GRID = "grid", _("网格（组）")


class UnitKind(Choice):
    OFFICE = "office", _("办公室")
    STATION = "station", _("站所")
    WINDOW = "window", _("窗口")
    VILLAGE = "village", _("村“两委”")
    OTHER = "other", _("其他")


SIGNIFICANT = {AreaLevel.CITY: 4, AreaLevel.COUNTY: 6, AreaLevel.TOWNSHIP: 9, AreaLevel.VILLAGE: 12}
FULL, WITH_GRID = 12, 15


def check_code(level: AreaLevel, code: str | None, above: tuple[AreaLevel, str] | None) -> None:
    """Refuse a code that cannot stand at `level` below `above` (the nearest place with a code); blank is allowed.

    A grid has the village's 12 digits and three of its own, or 12 digits of its township.
    Raises RuleBroken("code-digits"), ("code-zeros"), ("code-parent").
    """
    if not code:
        return
    lengths = {FULL, WITH_GRID} if level is AreaLevel.GRID else {FULL}
    if not (code.isascii() and code.isdigit() and len(code) in lengths):
        raise RuleBroken("code-digits", _("区划代码应是12位数字（网格也可用村代码加3位顺序号），请核对。"))
    if level in SIGNIFICANT and code[SIGNIFICANT[level] :].strip("0"):
        raise RuleBroken("code-zeros", _("{level}的代码只用前{n}位，后面应是0，请核对。"), level=level.label, n=SIGNIFICANT[level])
    start = _start(level, code, above)
    if not code.startswith(start):
        raise RuleBroken("code-parent", _("代码应以上级的“{start}”开头，请核对代码和上级。"), start=start)


def _start(level: AreaLevel, code: str, above: tuple[AreaLevel, str] | None) -> str:
    if above is None:
        return ""
    short_grid = level is AreaLevel.GRID and len(code) == FULL
    return above[1][: min(SIGNIFICANT.get(above[0], FULL), SIGNIFICANT[AreaLevel.TOWNSHIP] if short_grid else FULL)]


class AreaChangeKind(Choice):
    """What happened to a place (区划沿革)."""

    RENAMED = "renamed", _("更名")
    MERGED = "merged", _("撤并")
    SPLIT = "split", _("拆分")
    NEW = "new", _("新设")
