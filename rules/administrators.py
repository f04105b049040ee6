"""三员分立: system, security and audit administrators exclude one another, and nobody lifts himself.

Basis: GB/T 22239-2019 8.1.4.2 c-d (管理用户权限分离、最小权限), 8.1.5 (系统、审计、安全管理).
"""

from datetime import timedelta

from rules.choices import Choice
from rules.errors import NotAllowed, RuleBroken
from rules.roles import ADMINISTRATORS, PRIVILEGED, Role
from rules.text import _

RESET_WITHIN = timedelta(hours=72)  # an agreed reset is carried out within this time or asked for again


class Purpose(Choice):
    """What one security administrator asks another to agree to."""

    ROLE = "role", _("授予角色")
    RESET = "reset", _("重置账号")


def check_grant(now_has: Role, wanted: Role, *, own_account: bool) -> None:
    """Raise when `wanted` may not follow on `now_has` for this account."""
    if own_account:
        raise NotAllowed("grant-self", _("不能给自己变更角色，请由另一名安全管理员办理。"))
    if now_has == wanted:
        raise RuleBroken("grant-same", _("该账号已经是“{role}”，无需变更。"), role=wanted.label)
    if now_has in ADMINISTRATORS:
        raise RuleBroken(
            "administrators-exclude",
            _("系统、安全、审计管理员互不兼任，也不能转任其他角色。请停用“{role}”账号，另开新账号。"),
            role=now_has.label,
        )


def check_opening(wanted: Role, *, held: frozenset[Role]) -> None:
    """Raise when a person who already holds the roles `held` may not get a further account with `wanted`."""
    if held & ADMINISTRATORS or (held and wanted in ADMINISTRATORS):
        raise RuleBroken(
            "administrators-exclude",
            _("此人已有“{role}”账号：一人一号，三员互不兼任。"),
            role="、".join(sorted(role.label for role in held)),
        )
    if held:
        raise RuleBroken("one-account", _("此人已有账号，一人只开一个。需要变更角色请走授权申请。"))


def needs_second(role: Role) -> bool:
    """Whether a second security administrator must agree before the role takes effect."""
    return role in PRIVILEGED


def check_decision(*, asked_by: int, decides: int, subject: int, others: int) -> None:
    """Raise unless another person decides; with no other security administrator (`others` = 0) the asker may."""
    if decides == subject:
        raise NotAllowed("grant-self", _("不能审批给自己的授权。"))
    if decides == asked_by and others:
        raise NotAllowed("second-needed", _("申请人不能审批自己的申请，请由另一名安全管理员办理。"))
