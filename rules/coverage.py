"""Kinds of responsibility for a client, an area or a case."""

from rules.choices import Choice
from rules.text import _


class CoverKind(Choice):
    LEADER = "leader", _("领导包抓")
    CADRE = "cadre", _("干部包保")
    HOUSEHOLD = "household", _("联户")
    CASE = "case", _("包案")
    GRID = "grid", _("网格")
