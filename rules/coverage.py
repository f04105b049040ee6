"""Kinds of responsibility for a client, an area or a case."""

from rules.choices import Choice
from rules.text import _


class CoverKind(Choice):
    LEADER = "leader", _("领导包抓")
    CADRE = "cadre", _("干部包保")
    HOUSEHOLD = "household", _("联户")
    CASE = "case", _("包案")
    GRID = "grid", _("网格")


class ChargeLevel(Choice):
    """四级包抓 (HJ-1.1): who answers for a place, from the village down to the patch that is swept."""

    VILLAGE = "village", _("科级干部包村")
    GROUP = "group", _("村干部包组")
    PATCH = "patch", _("组干部负责辖区")
    CLEANER = "cleaner", _("保洁员负责片区")
