"""Activation slips: a one-time link on paper instead of a first password; a new slip voids the old one."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Account, Cadre
from models.access.actor import Actor
from models.audit import record
from models.vault import vault
from rules.administrators import check_opening
from rules.errors import RuleBroken
from rules.passwords import check_password
from rules.roles import ADMINISTRATORS, PRIVILEGED, Role
from rules.text import _
from services.account_notices import warn
from services.hashing import hash_password
from services.login_sessions import end_all
from services.logins import known_facts
from services.reach import check_other
from services.resets import check_reset_agreed
from services.role_grants import check_agreed
from services.same_person import check_unlinked
from services.verbs import verb

GOOD_FOR = timedelta(hours=72)


@dataclass(frozen=True)
class Slip:
    """What is printed and handed over; the token is nowhere stored and can't be printed a second time."""

    account_id: int
    login: str
    person: str
    role: str
    token: str
    until: datetime

    @property
    def path(self) -> str:
        """The link's path below the public address."""
        return f"/activate/{self.token}"


@verb("accounts.reset", _("发放激活单"), Role.SECURITY)
def issue_activation(session: Session, account: Account, *, by: Actor, now: datetime) -> Slip:
    """A new slip, good for 72 hours; whatever password, second factor, devices and older slip there were are void."""
    check_other(account, by)
    check_agreed(session, account)
    check_reset_agreed(session, account, by, now)
    used = bool(account.password)
    token = secrets.token_urlsafe(24)
    account.activation_hash, account.activation_until = _hash(token), now + GOOD_FOR
    account.active, account.password = False, None
    account.tf_primary_method = account.tf_totp_secret = account.totp_counter = account.recovery_codes = None
    end_all(session, account.id, now)
    record(session, "accounts.reset" if used else "accounts.slip_issued", account, by=by, now=now, detail=account.person)
    if used and account.role in PRIVILEGED:
        body = f"{by.name} 重置了 {account.person}（{account.role.label}）的账号。如非本人要求，请立即核查。"
        warn(session, ADMINISTRATORS, _("重要账号被重置"), body, key=f"reset:{account.id}:{now.isoformat()}", now=now)
    return Slip(account.id, account.login, account.person, account.role.label, token, account.activation_until)


def account_for(session: Session, token: str, now: datetime) -> Account | None:
    """The account a slip is good for now, or None: unknown, used, voided and lapsed slips look alike."""
    account = session.scalars(select(Account).where(Account.activation_hash == _hash(token))).one_or_none()
    return account if account and account.activation_until and now < account.activation_until else None


@verb("accounts.activate", _("激活账号"))
def activate(
    session: Session, token: str, password: str, *, holder: str = "", by: Actor, now: datetime
) -> Account:
    """Set the first password and switch the account on; raises RuleBroken for a void slip or a weak password."""
    account = account_for(session, token, now)
    if account is None:
        raise RuleBroken("slip-void", _("这张激活单已用过、已作废或已超过 72 小时，请找安全管理员重新打印一张。"))
    if not account.cadre_id and not account.holder:
        account.holder = _check_holder(session, account, holder.strip())
    check_password(password, known_facts(account))
    account.password, account.active = hash_password(password), True
    account.activation_hash = account.activation_until = None
    end_all(session, account.id, now)
    record(session, "accounts.activated", account, by=by, now=now, detail=account.person)
    return account


@verb("accounts.change_password", _("修改密码"))
def change_password(session: Session, account: Account, password: str, *, by: Actor, now: datetime) -> None:
    """The owner's new password (he has just proved himself); every device signs in anew."""
    check_password(password, known_facts(account))
    account.password = hash_password(password)
    end_all(session, account.id, now)
    record(session, "accounts.password_changed", account, by=by, now=now)


def _check_holder(session: Session, account: Account, name: str) -> str:
    """The name of an account without a cadre: given, and nobody else's who holds an account."""
    if len(name) < 2:
        raise RuleBroken("holder-missing", _("请填写您的姓名，账号只属于一个人。"))
    same = or_(Account.holder == name, Account.cadre_id.in_(select(Cadre.id).where(Cadre.name == name)))
    check_opening(account.role, held=frozenset(session.scalars(select(Account.role).where(same))))
    check_unlinked(session, name, account.area)
    return name


def _hash(token: str) -> str:
    return vault().index(token, "activation")
