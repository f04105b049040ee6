"""Accounts: opened disabled and without a password, switched off and on; one person, one account."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Account, Area, Cadre
from models.access.actor import Actor
from models.audit import record
from rules.administrators import check_opening
from rules.errors import RuleBroken
from rules.roles import ADMINISTRATORS, Role
from rules.text import _
from services import role_grants
from services.account_notices import warn
from services.login_sessions import end_all
from services.logins import check_free, check_login, free_login
from services.reach import check_other, check_within
from services.same_person import check_unlinked
from services.verbs import verb


@verb("accounts.open", _("开立账号"), Role.SECURITY)
def open_account(
    session: Session, *, login: str, role: Role, area: Area, cadre: Cadre | None = None, holder: str = "",
    reason: str = "", by: Actor, now: datetime,
) -> Account:  # fmt: skip
    """A disabled account without a password; a privileged role waits for a second agreement (services/role_grants)."""
    login, holder = check_login(login), holder.strip()
    check_within(by, area.path)
    if cadre is not None:
        check_within(by, cadre.area_path)
    check_free(session, login)
    if cadre is None and holder:
        check_unlinked(session, holder, area)
    check_opening(role, held=_roles_held(session, cadre, holder))
    account = Account(login=login, role=role, cadre=cadre, holder="" if cadre else holder, area=area, active=False,
                      fs_uniquifier=secrets.token_hex(32), email=f"{secrets.token_hex(16)}@invalid")  # fmt: skip
    session.add(account)
    session.flush()
    record(session, "accounts.opened", account, by=by, now=now, detail=f"{account.person}，{role.label}")
    role_grants.ask_for_opening(session, account, reason=reason, by=by, now=now)
    return account


@verb("accounts.open_many", _("为名册批量开立账号"), Role.SECURITY)
def open_for_cadres(
    session: Session, cadres: Iterable[Cadre], *, role: Role = Role.CADRE, by: Actor, now: datetime
) -> list[Account]:
    """An account for each cadre who has none yet, named by pinyin; run again it opens nothing twice."""
    opened = []
    for cadre in cadres:
        if session.scalar(select(Account.id).where(Account.cadre_id == cadre.id)) is None:
            login = free_login(session, cadre.name)
            opened.append(open_account(session, login=login, role=role, area=cadre.area, cadre=cadre, by=by, now=now))
    return opened


@verb("accounts.disable", _("停用账号"), Role.SECURITY)
def disable(session: Session, account: Account, *, reason: str = "", by: Actor, now: datetime) -> None:
    """Shut the account and all its devices at once; quietly if shut already. Nobody shuts his own."""
    check_other(account, by)
    account.activation_hash = account.activation_until = None
    if account.active:
        account.active = False
        end_all(session, account.id, now)
        record(session, "accounts.disabled", account, by=by, now=now, detail=reason)
        if account.role == Role.SECURITY:
            body = f"{by.name} 停用了安全管理员 {account.person} 的账号。如无依据，请立即核查。"
            warn(session, ADMINISTRATORS | {Role.LEADER}, _("安全管理员被停用"), body, key=f"shut:{account.id}:{now.isoformat()}", now=now)
    else:
        record(session, "accounts.slip_voided", account, by=by, now=now, detail=reason)


@verb("accounts.enable", _("启用账号"), Role.SECURITY)
def enable(session: Session, account: Account, *, by: Actor, now: datetime) -> None:
    """Let an account with a password in again; raises RuleBroken("never-activated") when it has none."""
    check_other(account, by)
    role_grants.check_agreed(session, account)
    if not account.password:
        raise RuleBroken("never-activated", _("该账号还没有激活过，请打印激活单交给本人。"))
    if not account.active:
        account.active = True
        record(session, "accounts.enabled", account, by=by, now=now)


def _roles_held(session: Session, cadre: Cadre | None, holder: str) -> frozenset[Role]:
    """Roles of accounts that the same person already has: same cadre, or same name where an account has no cadre."""
    same = []
    name = cadre.name if cadre else holder
    if cadre is not None:
        same.append(Account.cadre_id == cadre.id)
    if name:
        same.append(Account.holder == name)
    if not cadre and name:
        same.append(Account.cadre_id.in_(select(Cadre.id).where(Cadre.name == name)))
    return frozenset(session.scalars(select(Account.role).where(or_(*same)))) if same else frozenset()
