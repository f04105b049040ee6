"""The second factor: one authenticator app per account, each code once, ten recovery codes on paper."""

import json
import secrets
from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from models import Account
from models.access.actor import Actor
from models.audit import record
from models.vault import vault
from services.login_sessions import end_all

CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def bind(session: Session, account: Account, secret: str, counter: int, *, by: Actor, now: datetime) -> list[str]:
    """Remember the app's (encrypted) secret; returns the recovery codes, which are shown once and kept as hashes."""
    codes = ["-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3)) for _ in range(CODES)]
    account.tf_primary_method, account.tf_totp_secret, account.totp_counter = "authenticator", secret, counter
    account.recovery_codes = json.dumps([_hash(account, code) for code in codes])
    end_all(session, account.id, now)
    record(session, "accounts.second_factor_bound", account, by=by, now=now)
    return codes


def spend_counter(session: Session, account: Account, counter: int) -> bool:
    """Whether this time step is used for the first time; of two requests at once only one wins."""
    changed = session.connection().execute(
        update(Account.__table__)
        .where(Account.__table__.c.id == account.id)
        .where(or_(Account.__table__.c.totp_counter.is_(None), Account.__table__.c.totp_counter < counter))
        .values(totp_counter=counter)
    )
    return changed.rowcount == 1


def spend_recovery(session: Session, account: Account, typed: str, *, by: Actor, now: datetime) -> bool:
    """Whether `typed` is an unused recovery code; it is used up by this."""
    left = json.loads(account.recovery_codes or "[]")
    found = _hash(account, typed)
    if found not in left:
        return False
    account.recovery_codes = json.dumps([code for code in left if code != found])
    record(session, "accounts.recovery_code_used", account, by=by, now=now, detail=f"剩余 {len(left) - 1} 个")
    return True


def _hash(account: Account, code: str) -> str:
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return vault().index(f"{account.id}:{plain}", "recovery-code")
