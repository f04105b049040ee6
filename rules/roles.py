"""Roles of a township office and the three administrators that exclude one another (三员)."""

from rules.choices import Choice
from rules.text import _


class Role(Choice):
    CLERK = "clerk", _("党政综合办")
    LEADER = "leader", _("分管（主要）领导")
    CADRE = "cadre", _("包抓包保干部")
    STATION = "station", _("站所（窗口）")
    VILLAGE = "village", _("村（社区）")
    GRID = "grid", _("网格员")
    MEDIATION = "mediation", _("综治中心")
    DISCIPLINE = "discipline", _("纪委")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计管理员")


ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDIT})
PRIVILEGED = ADMINISTRATORS | {Role.LEADER, Role.DISCIPLINE, Role.CLERK}
BUSINESS = frozenset(Role) - ADMINISTRATORS
