"""How far a round is: how many answered, were told apart or are silent. Whether, never what."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Invitation, Round
from models.access.actor import Actor
from rules.invitations import OPEN, InvitationState
from rules.results import Share

S = InvitationState


@dataclass(frozen=True)
class Progress:
    """Counts of invitations; `asked` leaves out the excluded, `own` those about the reader himself."""

    by_state: Counter[InvitationState]
    own: int = 0

    @property
    def asked(self) -> int:
        return self.by_state.total() - self.by_state[S.EXCLUDED]

    @property
    def answered(self) -> int:
        return self.by_state[S.ANSWERED]

    @property
    def silent(self) -> int:
        return sum(self.by_state[state] for state in OPEN)

    @property
    def response(self) -> Share:
        """Answers over the invited that still trade."""
        return Share(self.answered, self.asked - self.by_state[S.CLOSED_SHOP])


def states(session: Session, round_: Round, besides: int | None = None) -> Counter[InvitationState]:
    """How many invitations are in each state, without those about cadre `besides`; one statement."""
    asked = select(Invitation.state, func.count(Invitation.id)).where(Invitation.round_id == round_.id)
    if besides is not None:
        asked = asked.where(Invitation.cadre_id != besides)
    return Counter(dict(session.execute(asked.group_by(Invitation.state)).all()))


def progress(session: Session, round_: Round, reader: Actor) -> Progress:
    """For somebody of the office; who is rated himself doesn't learn which or how many of his own answered."""
    own = 0
    if reader.cadre_id is not None:
        mine = select(func.count(Invitation.id)).where(
            Invitation.round_id == round_.id, Invitation.cadre_id == reader.cadre_id
        )
        own = session.scalar(mine) or 0
    return Progress(states(session, round_, reader.cadre_id if own else None), own)
