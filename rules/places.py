"""Levels of the area tree and kinds of units."""

from rules.choices import Choice
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
