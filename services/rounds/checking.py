"""What the office looks at between close and count: gaps, refusals, lookalikes, and how many signals went on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Area, Cadre, Client, Invitation, Round, Signal
from rules.invitations import InvitationState

S = InvitationState
MOST_LISTED = 200


@dataclass(frozen=True)
class Gap:
    """One invitation without an answer."""

    serial: str
    enterprise: str
    village: str
    cadre: str
    state: InvitationState
    told_by: str


@dataclass(frozen=True)
class Findings:
    """`lookalikes`: names borne by several enterprises of the round; `shared`: how many phones serve several.

    `signals` is a count only: what they say is for the inspector.
    """

    gaps: Sequence[Gap]
    lookalikes: Sequence[str]
    shared: int
    signals: int

    def of(self, *states: InvitationState) -> list[Gap]:
        return [gap for gap in self.gaps if gap.state in states]


def findings(session: Session, round_: Round, reader: int | None) -> Findings:
    """`session` is a working session; what concerns the reader himself (a cadre id) is left out."""
    asked = Invitation.round_id == round_.id
    gaps = (
        select(Invitation.serial, Client.name, Area.name, Cadre.name, Invitation.state, Invitation.told_by)
        .join(Client, Client.id == Invitation.client_id)
        .join(Area, Area.id == Invitation.area_id)
        .join(Cadre, Cadre.id == Invitation.cadre_id)
        .where(asked, Invitation.state != S.ANSWERED, Invitation.cadre_id != (reader or -1))
        .order_by(Area.id, Client.name)
        .limit(MOST_LISTED)
    )
    of_round = select(Client.id, Client.name, Client.phone_index).join(Invitation, Invitation.client_id == Client.id)
    clients = of_round.where(asked).distinct().subquery()
    several = func.count(clients.c.id) > 1
    names = select(clients.c.name).group_by(clients.c.name).having(several).order_by(clients.c.name)
    phones = select(clients.c.phone_index).where(clients.c.phone_index.is_not(None))
    phones = phones.group_by(clients.c.phone_index).having(several)
    signals = select(func.count(func.distinct(Signal.invitation_id))).where(Signal.round_id == round_.id)
    return Findings(
        [Gap(*row) for row in session.execute(gaps)], list(session.scalars(names)),
        len(session.scalars(phones).all()), session.scalar(signals) or 0,
    )  # fmt: skip
