"""Teams and the seats in them (TL-2.1, TL-2.2, SPX-5.1)."""

from rules.choices import Choice
from rules.text import _


class TeamKind(Choice):
    LEADING = "leading", _("领导小组")
    TASK = "task", _("工作专班")
    GROUP = "group", _("工作组")
    OFFICE = "office", _("办公室")
    OTHER = "other", _("其他")


class SeatRole(Choice):
    HEAD = "head", _("组长")
    DEPUTY = "deputy", _("副组长")
    MEMBER = "member", _("成员")
    OFFICE_HEAD = "office_head", _("办公室主任")
    OFFICE_DEPUTY = "office_deputy", _("办公室副主任")
