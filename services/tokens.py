"""Codes that owners hold: 128 bits, derived from the key ring, only a keyed hash at rest (trust G19)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Client, Invitation, Plate, Round
from models.access.actor import Actor
from models.audit import record
from models.vault import vault
from rules.errors import RuleBroken
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services.own_matters import raters
from services.verbs import verb


def token_of(row: Invitation | Plate) -> str:
    """22 characters for the wall plate or the slip of one row."""
    return vault().token(row.__tablename__, row.uid)


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return vault().index(token, "token")


@verb("plate.issue", _("制发墙牌"), Role.CLERK)
def issue_plate(session: Session, client: Client, *, by: Actor, now: datetime) -> Plate:
    """The enterprise's standing plate; the one in force is returned, not replaced."""
    row = session.scalar(select(Plate).where(Plate.client_id == client.id, Plate.revoked_at.is_(None)))
    if row is None:
        row = Plate(client_id=client.id, issued_at=now, token_hash="")
        row.token_hash = hash_of(token_of(row))
        session.add(row)
        record(session, "plate.issued", row, by=by, now=now)
    return row


@verb("plate.revoke", _("作废墙牌"), Role.CLERK)
def revoke_plate(session: Session, plate: Plate, reason: str, *, by: Actor, now: datetime) -> None:
    """A lost or copied plate opens nothing from now on; raises RuleBroken("reason-missing"), ("own-client")."""
    check_not_rated_by(session, plate, by)
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请填写原因，例如：丢失、损坏、被人拍照外传。"))
    if plate.revoked_at is None:
        plate.revoked_at, plate.revoked_why = now, reason.strip()[:120]
        record(session, "plate.revoked", plate, by=by, now=now, detail=reason.strip())


@verb("plate.reissue", _("重发墙牌"), Role.CLERK)
def reissue_plate(session: Session, plate: Plate, reason: str, *, by: Actor, now: datetime) -> Plate:
    """The old code is void, a new one takes its place; raises as `revoke_plate`."""
    revoke_plate(session, plate, reason, by=by, now=now)
    session.flush()
    return issue_plate(session, plate.client, by=by, now=now)


def check_not_rated_by(session: Session, plate: Plate, by: Actor) -> None:
    """Nobody takes the code from a shop that rates him."""
    if plate.client_id in raters(session, by.cadre_id):
        raise RuleBroken("own-client", _("这家企业对您作评价，它的墙牌请交由其他同志办理。"))


def plate_for(session: Session, token: str) -> Plate | None:
    """The plate in force that carries this token."""
    return session.scalar(select(Plate).where(Plate.token_hash == hash_of(token), Plate.revoked_at.is_(None)))


def invitation_for(session: Session, token: str) -> Invitation | None:
    """The invitation whose slip or message carries this token, of whatever month."""
    return session.scalar(select(Invitation).where(Invitation.token_hash == hash_of(token)))


def open_invitation_for(session: Session, token: str, now: datetime) -> Invitation | None:
    """The same while its round runs; one statement, so that an old code costs no more time than an unknown one."""
    running = select(Invitation).join(Round, Round.id == Invitation.round_id)
    running = running.where(Round.state == RoundState.OPEN, Round.closes_at > now)
    return session.scalar(running.where(Invitation.token_hash == hash_of(token)))


def asked_now(session: Session, client_id: int) -> list[Invitation]:
    """The enterprise's invitations in open rounds, in a fixed order."""
    found = (
        select(Invitation)
        .join(Round, Round.id == Invitation.round_id)
        .where(Invitation.client_id == client_id, Round.state == RoundState.OPEN)
        .order_by(Invitation.id)
    )
    return list(session.scalars(found))
