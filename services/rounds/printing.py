"""Paper that carries codes: each print is one event, and nobody prints the code of a shop that rates him."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from models import Area, Assignment, Client, Invitation, Plate, Round
from models.access.actor import Actor
from models.audit import record
from rules.clients import ClientState
from rules.errors import RuleBroken
from rules.invitations import OPEN, InvitationState
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services.rounds.frame import RATED
from services.tokens import issue_plate
from services.verbs import verb

WAITING = OPEN | {InvitationState.UNREACHABLE}


def waiting(session: Session, round_id: int) -> list[Invitation]:
    """Who has not answered, by village and name; three statements whatever the size."""
    found = (
        select(Invitation)
        .join(Client, Client.id == Invitation.client_id)
        .join(Area, Area.id == Invitation.area_id)
        .where(Invitation.round_id == round_id, Invitation.state.in_(WAITING))
        .options(joinedload(Invitation.client), joinedload(Invitation.cadre), joinedload(Invitation.area))
        .options(joinedload(Invitation.assignment))
        .order_by(Area.path, Client.name, Invitation.id)
    )
    return list(session.scalars(found))


def for_others(session: Session, round_: Round, cadre_id: int | None) -> int:
    """How many silent invitations are about this person, so that others print them; `session` is a working session."""
    about = select(func.count(Invitation.id)).where(
        Invitation.round_id == round_.id, Invitation.cadre_id == (cadre_id or -1), Invitation.state.in_(WAITING)
    )
    return session.scalar(about) or 0


def about_him(actor: Actor, invitation: Invitation) -> bool:
    """Whether this person is the one to be rated."""
    return actor.cadre_id is not None and actor.cadre_id == invitation.cadre_id


@verb("slips.print", _("打印评价单"), Role.CLERK)
def print_slips(
    session: Session, round_: Round, ids: Collection[int], *, by: Actor, now: datetime
) -> list[Invitation]:
    """The invitations to print among `ids`, in the order of the villages; his own are left out.

    Raises RuleBroken("round-not-open") or ("nothing-to-print").
    """
    if round_.state is not RoundState.OPEN or now >= round_.closes_at:
        raise RuleBroken("round-not-open", _("{round}不在进行中，评价单打出来也不能用。"), round=round_.title)
    rows = [one for one in waiting(session, round_.id) if one.id in ids and not about_him(by, one)]
    if not rows:
        raise RuleBroken("nothing-to-print", _("没有选中可以打印的评价单，请先在名单上打勾。"))
    serials = sorted(one.serial for one in rows)
    record(session, "slips.printed", round_, by=by, now=now, detail=f"{len(rows)}张，{serials[0]}至{serials[-1]}")
    return rows


def rating(session: Session, actor: Actor) -> set[int]:
    """The enterprises that rate this person now, or are being asked about him."""
    if actor.cadre_id is None:
        return set()
    covered = select(Assignment.client_id).where(
        Assignment.cadre_id == actor.cadre_id, Assignment.kind.in_(RATED), Assignment.until.is_(None)
    )
    asked = select(Invitation.client_id).join(Round).where(
        Invitation.cadre_id == actor.cadre_id, Round.state == RoundState.OPEN
    )  # fmt: skip
    return {*session.scalars(covered), *session.scalars(asked)}


def platable(session: Session, village: Area | None) -> list[Client]:
    """Trading enterprises with a responsible person, of one village or of all the actor's."""
    covered = select(Assignment.client_id).where(Assignment.kind.in_(RATED), Assignment.until.is_(None))
    found = select(Client).where(Client.id.in_(covered), Client.state != ClientState.CLOSED)
    if village is not None:
        found = found.where(or_(Client.area_id == village.id, Client.area_path.startswith(village.path, autoescape=True)))
    return list(session.scalars(found.order_by(Client.area_path, Client.name, Client.id)))


def plates_in_force(session: Session) -> set[int]:
    """The enterprises that have a plate."""
    return set(session.scalars(select(Plate.client_id).where(Plate.revoked_at.is_(None))))


@verb("plates.print", _("打印墙牌"), Role.CLERK)
def print_plates(session: Session, clients: Sequence[Client], *, by: Actor, now: datetime) -> list[Plate]:
    """The plates of these enterprises, issued where there was none; those that rate him are left out.

    Raises RuleBroken("nothing-to-print").
    """
    barred = rating(session, by)
    plates = [issue_plate(session, one, by=by, now=now) for one in clients if one.id not in barred]
    if not plates:
        raise RuleBroken("nothing-to-print", _("没有选中可以打印的墙牌，请先在名单上打勾。"))
    session.flush()
    numbers = sorted(one.id for one in plates)
    record(session, "plates.printed", "plates", by=by, now=now, detail=f"{len(plates)}张，墙牌{numbers[0]}至{numbers[-1]}号")
    return plates
