"""Coming in and going out: tries are counted in the database, every outcome is an event."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import Account, Attempt
from models.access.actor import Actor, system
from models.audit import record
from models.vault import vault
from rules import throttle
from services.login_sessions import changed_rows
from services.logins import tidy


@dataclass(frozen=True)
class Try:
    """Somebody at the door: what he typed, whose account it means (if any), from where, on a device known to us?"""

    typed: str
    account: Account | None
    address: str
    device: str = ""

    @property
    def subject(self) -> str:
        """Whom the try counts against; a device that was let in before is counted apart, so strangers lock nobody out."""
        who = f"account:{self.account.id}" if self.account else f"name:{vault().index(tidy(self.typed), 'attempt')}"
        return f"{who}:{self.device}" if self.device else who


def password_wait(session: Session, door: Try, now: datetime) -> timedelta:
    """How long this try must wait; the same for accounts that exist and names that don't.

    A device that was let in before waits for its own series only: no crowd of strangers shuts out an officer.
    """
    own = throttle.account_wait(_fails(session, "password", door.subject, now), now)
    if door.device:
        return own
    crowd = session.scalar(
        select(func.count()).select_from(Attempt)
        .where(Attempt.kind == "password", Attempt.at > now - throttle.EVERYBODY.within)
    )  # fmt: skip
    return max(
        own,
        throttle.ADDRESS.wait(_fails(session, "address", door.address, now), now),
        throttle.EVERYBODY.within if (crowd or 0) >= throttle.EVERYBODY.most else throttle.NO_WAIT,
    )


def knock(session: Session, door: Try, now: datetime) -> timedelta:
    """Count a try before the password is looked at, so that a hundred at once are still a hundred; or say how long to wait."""
    wait = password_wait(session, door, now)
    if not wait:
        session.add_all([Attempt(kind="password", subject=door.subject, at=now),
                         Attempt(kind="address", subject=door.address, at=now)])  # fmt: skip
    return wait


def password_failed(session: Session, door: Try, now: datetime) -> None:
    """Say in the chain that a counted try was wrong; what was typed is not kept."""
    _tell(session, "accounts.sign_in_failed", door.account, f"来自 {door.address}", now)


def code_wait(session: Session, account: Account, now: datetime) -> timedelta:
    """How long the next second-factor code must wait."""
    return throttle.code_wait(_fails(session, "code", f"account:{account.id}", now), now)


def code_failed(session: Session, account: Account, address: str, now: datetime) -> None:
    """Count a wrong code."""
    session.add(Attempt(kind="code", subject=f"account:{account.id}", at=now))
    _tell(session, "accounts.code_failed", account, f"来自 {address}", now)


def password_passed(session: Session, door: Try, now: datetime) -> None:
    """A right password ends the account's series of wrong ones and takes back what `knock` counted for the address."""
    session.execute(delete(Attempt).where(Attempt.kind == "password", Attempt.subject == door.subject))
    mine = (Attempt.kind == "address", Attempt.subject == door.address, Attempt.at == now)
    session.execute(delete(Attempt).where(*mine))


def signed_in(session: Session, account: Account, *, by: Actor, address: str, now: datetime) -> None:
    """Say in the chain that the person came in."""
    record(session, "accounts.signed_in", account, by=by, now=now, detail=f"来自 {address}")


def signed_out(session: Session, account_id: int, *, by: Actor, now: datetime) -> None:
    """Say in the chain that the person left."""
    record(session, "accounts.signed_out", f"accounts:{account_id}", by=by, now=now)


def prune_attempts(session: Session, now: datetime) -> int:
    """Forget tries that count for nothing any more; for the nightly sweep."""
    return changed_rows(session, delete(Attempt).where(Attempt.at <= now - throttle.KEEP))


def _fails(session: Session, kind: str, subject: str, now: datetime) -> list[datetime]:
    query = select(Attempt.at).where(Attempt.kind == kind, Attempt.subject == subject, Attempt.at > now - throttle.KEEP)
    return list(session.scalars(query.order_by(Attempt.at.desc()).limit(100)))


def _tell(session: Session, verb: str, account: Account | None, detail: str, now: datetime) -> None:
    record(session, verb, account or "accounts:unknown", by=system("登录"), now=now, detail=detail)
