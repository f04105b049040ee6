"""One person under two accounts is one person: who decides about him, and who decides about the decider's own decision.

An account linked to a cadre is he; one that is not is taken for the cadre of the same name in its own area.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Cadre
from models.access.actor import Actor
from rules.errors import RuleBroken
from rules.text import _


def is_cadre(session: Session, by: Actor, cadre_id: int | None) -> bool:
    """Whether whoever acts is this cadre, by his link or, without one, by his name."""
    if cadre_id is None or by.is_system:
        return False
    if by.cadre_id is not None:
        return by.cadre_id == cadre_id
    held = Cadre.__table__  # the bare table: whatever the session's owner may see
    name = session.connection().execute(select(held.c.name).where(held.c.id == cadre_id), execution_options={"scope_ok": True}).scalar()
    return name == by.name.strip()


def is_account(session: Session, by: Actor, account_id: int) -> bool:
    """Whether whoever acts is the person who holds this account."""
    other = session.get_one(Account, account_id)
    if other.id == by.account_id or other.person == by.name.strip():
        return True
    return by.cadre_id is not None and other.cadre_id == by.cadre_id


def self_of(session: Session, account: Account) -> Cadre | None:
    """The cadre that the account's holder is: by its link, else by his name in its area."""
    linked: Cadre | None = account.cadre
    if linked is not None:
        return linked
    named = select(Cadre).where(Cadre.name == account.person.strip(), Cadre.area_path.startswith(account.area.path, autoescape=True))
    found: Cadre | None = session.scalar(named.order_by(Cadre.until.is_not(None), Cadre.id).limit(1))
    return found


def check_unlinked(session: Session, holder: str, area: Area) -> None:
    """An account without a cadre for a name that the roster has: raises RuleBroken("cadre-known")."""
    known = select(Cadre).where(Cadre.name == holder, Cadre.until.is_(None), Cadre.area_path.startswith(area.path, autoescape=True))
    if session.scalar(known.limit(1)) is not None:
        raise RuleBroken(
            "cadre-known",
            _("名册里有同名干部“{name}”：是同一个人，请在“干部”里选他；确是同名的另一个人，持有人写成“{name}（单位）”。"),
            name=holder,
        )
