"""Resetting a privileged account takes two: whoever may void its password and app alone could take it over."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Grant
from models.access.actor import Actor
from models.audit import record
from rules.administrators import RESET_WITHIN, Purpose, needs_second
from rules.errors import RuleBroken
from rules.roles import Role
from rules.text import _
from services.grant_rows import ask, in_office, open_grant, others
from services.reach import check_other
from services.verbs import verb


@verb("accounts.ask_reset", _("申请重置账号"), Role.SECURITY)
def ask_reset(session: Session, account: Account, *, reason: str, by: Actor, now: datetime) -> Grant:
    """Ask to void password and second factor of a privileged account."""
    check_other(account, by)
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请写明重置的理由，例如更换手机。"))
    if open_grant(session, account) is not None:
        raise RuleBroken("grant-pending", _("该账号已有一项申请等待批准，请先处理。"))
    grant = ask(session, account, account.role, reason.strip(), by, now, Purpose.RESET)
    record(session, "accounts.reset_asked", account, by=by, now=now, detail=reason.strip())
    return grant


def check_reset_agreed(session: Session, account: Account, by: Actor, now: datetime) -> None:
    """Raise RuleBroken unless a second person agreed to this reset lately, or none is needed, or there is none.

    Of two security administrators neither becomes the other: he is shut first, and his slip waits `RESET_WITHIN`.
    """
    if by.is_system or not account.password or not needs_second(account.role):
        return
    at_work = in_office(session, account, now)
    if not at_work and not others(session, by, account, now):
        return
    agreed = select(Grant.id).where(
        Grant.account_id == account.id, Grant.purpose == Purpose.RESET, Grant.agreed.is_(True),
        Grant.decided_at > now - RESET_WITHIN
    )
    if session.scalar(agreed.limit(1)) is None:
        if at_work and not others(session, by, account, now):
            raise RuleBroken("reset-too-soon", _("没有第三名安全管理员可以批准：请先停用该账号，满 72 小时后再发放激活单。"))
        raise RuleBroken("reset-needs-second", _("重置“{role}”账号须先提交重置申请，经另一名安全管理员批准后 72 小时内打印。"),
                         role=account.role.label)  # fmt: skip
