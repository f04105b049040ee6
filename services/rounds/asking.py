"""What the holder of a code meets: whom he is asked about, or why he isn't (ux W1; trust G19)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy.orm import Session

from models import Client, Invitation
from rules.clients import ClientState
from rules.invitations import InvitationState
from services.tokens import asked_now, open_invitation_for, plate_for


class Door(Enum):
    """STALE is one answer for unknown, revoked, other-month and closed codes, so that guessing learns nothing."""

    ASK = auto()
    EARLY = auto()
    STALE = auto()
    SHOP_CLOSED = auto()
    DOUBT = auto()


@dataclass(frozen=True)
class Visit:
    """`asked` is empty unless the door is ASK; its order is fixed, so that “第 1 位” stays the first."""

    door: Door
    by_plate: bool = False
    asked: tuple[Invitation, ...] = ()

    @property
    def next(self) -> Invitation | None:
        """The first person not rated yet."""
        return next((one for one in self.asked if one.state is not InvitationState.ANSWERED), None)

    def one(self, serial: str) -> Invitation | None:
        """The invitation of that serial, if this code opens it."""
        return next((one for one in self.asked if one.serial == serial), None)

    def place(self, invitation: Invitation) -> int:
        """1 for the first person."""
        return self.asked.index(invitation) + 1


def visit(session: Session, token: str, *, now: datetime) -> Visit:
    """Resolve a plate's or a slip's code; the same two look-ups for every code."""
    plate, slip = plate_for(session, token), open_invitation_for(session, token, now)
    if plate is not None:
        rows, client = asked_now(session, plate.client_id), plate.client
        running = tuple(one for one in rows if now < one.round.closes_at)
    elif slip is not None:
        running, client = (slip,), slip.client
    else:
        return Visit(Door.STALE)
    return Visit(_door(running, client), plate is not None, _askable(running, client))


def _askable(running: tuple[Invitation, ...], client: Client) -> tuple[Invitation, ...]:
    if client.state is ClientState.CLOSED:
        return ()
    return tuple(one for one in running if one.state is not InvitationState.EXCLUDED)


def _door(running: tuple[Invitation, ...], client: Client) -> Door:
    if client.state is ClientState.CLOSED:
        return Door.SHOP_CLOSED
    if not running:
        return Door.EARLY
    return Door.ASK if _askable(running, client) else Door.DOUBT
