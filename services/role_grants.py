"""Roles: asked by one security administrator, agreed by another; alone in town he may, but it is said aloud."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Grant
from models.access.actor import Actor
from models.audit import record
from rules.administrators import Purpose, check_decision, check_grant, needs_second
from rules.errors import RuleBroken
from rules.roles import ADMINISTRATORS, Role
from rules.text import _
from services.account_notices import warn
from services.grant_rows import ask, open_grant, others
from services.login_sessions import end_all
from services.reach import check_within
from services.verbs import verb


@verb("accounts.ask_role", _("申请变更角色"), Role.SECURITY)
def ask_role(session: Session, account: Account, role: Role, *, reason: str, by: Actor, now: datetime) -> Grant:
    """Ask for another role; roles without privilege take effect at once, the others after agreement."""
    check_grant(account.role, role, own_account=account.id == by.account_id)
    check_within(by, account.area.path)
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请写明变更角色的理由，例如任职文件。"))
    if role in ADMINISTRATORS and account.cadre_id is None and not account.holder:
        raise RuleBroken("holder-missing", _("请先登记该账号的持有人姓名。"))
    if open_grant(session, account) is not None:
        raise RuleBroken("grant-pending", _("该账号已有一项申请等待批准，请先处理。"))
    grant = ask(session, account, role, reason.strip(), by, now)
    record(session, "accounts.role_asked", account, by=by, now=now, detail=f"{role.label}：{reason.strip()}")
    if not needs_second(role):
        _settle(session, grant, True, by, now)
    return grant


@verb("accounts.agree_role", _("批准角色"), Role.SECURITY)
def agree_role(session: Session, grant: Grant, *, by: Actor, now: datetime) -> None:
    """The second person's yes; raises NotAllowed for the asker unless he is alone."""
    _check_decider(session, grant, by, now)
    _settle(session, grant, True, by, now)


@verb("accounts.refuse_role", _("驳回角色申请"), Role.SECURITY)
def refuse_role(session: Session, grant: Grant, *, by: Actor, now: datetime) -> None:
    """No; the asker may take his own request back this way."""
    _check_open(grant)
    _settle(session, grant, False, by, now)


def ask_for_opening(session: Session, account: Account, *, reason: str, by: Actor, now: datetime) -> None:
    """A new privileged account waits for a second person; if there is none it is agreed at once and told."""
    if by.is_system or not needs_second(account.role):
        return
    grant = ask(session, account, account.role, reason.strip() or _("开立账号"), by, now)
    if not others(session, by, account, now):
        _settle(session, grant, True, by, now)


def check_agreed(session: Session, account: Account) -> None:
    """Raise RuleBroken unless the newest request for the account's present role was agreed (or none was needed)."""
    newest = select(Grant).where(
        Grant.account_id == account.id, Grant.role == account.role, Grant.purpose == Purpose.ROLE
    )
    grant = session.scalars(newest.order_by(Grant.id.desc()).limit(1)).first()
    if grant is not None and not grant.agreed:
        state = _("已被驳回") if grant.agreed is False else _("还在等另一名安全管理员批准")
        raise RuleBroken("grant-pending", _("“{role}”角色{state}，现在不能启用或发激活单。"),
                         role=account.role.label, state=state)  # fmt: skip


def _settle(session: Session, grant: Grant, agreed: bool, by: Actor, now: datetime) -> None:
    account = grant.account
    if grant.purpose == Purpose.RESET:
        _settle_reset(session, grant, agreed, by, now)
        return
    grant.agreed, grant.decided_by, grant.decided_at = agreed, by.account_id, now
    name = "accounts.role_agreed" if agreed else "accounts.role_refused"
    if agreed and needs_second(grant.role) and grant.asked_by == by.account_id:
        name = "accounts.role_single_handed"
        _say_aloud(session, grant, by, now)
    if agreed and account.role != grant.role:
        account.role = grant.role
        end_all(session, account.id, now)
    record(session, name, account, by=by, now=now, detail=f"{account.person}，{grant.role.label}：{grant.reason}")
    if not agreed and account.role == grant.role and not account.password:
        account.cadre, account.holder = None, ""  # a refused opening lets go of the person, who may get another account


def _settle_reset(session: Session, grant: Grant, agreed: bool, by: Actor, now: datetime) -> None:
    grant.agreed, grant.decided_by, grant.decided_at = agreed, by.account_id, now
    name = "accounts.reset_agreed" if agreed else "accounts.reset_refused"
    record(session, name, grant.account, by=by, now=now, detail=grant.reason)


def _say_aloud(session: Session, grant: Grant, by: Actor, now: datetime) -> None:
    body = f"{by.name} 在没有第二名安全管理员的情况下，独自批准了 {grant.account.person} 的“{grant.role.label}”角色。"
    body += "请核对是否有任职依据，并尽快增设第二名安全管理员。"
    warn(session, ADMINISTRATORS | {Role.LEADER}, _("单人授权提醒"), body, key=f"grant:{grant.id}", now=now)


def _check_decider(session: Session, grant: Grant, by: Actor, now: datetime) -> None:
    _check_open(grant)
    check_within(by, grant.account.area.path)
    check_decision(
        asked_by=grant.asked_by, decides=by.account_id or -1, subject=grant.account_id,
        others=others(session, by, grant.account, now),
    )  # fmt: skip


def _check_open(grant: Grant) -> None:
    if grant.agreed is not None:
        raise RuleBroken("grant-decided", _("这项申请已经处理过了。"))
