"""How far a round is: how many answered, were told apart or are silent. Whether, never what."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Invitation, Round
from rules.invitations import OPEN, InvitationState
from rules.results import Share

S = InvitationState


@dataclass(frozen=True)
class Progress:
    """Counts of invitations; `asked` leaves out the excluded."""

    by_state: Counter[InvitationState]

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


def states(session: Session, round_: Round) -> Counter[InvitationState]:
    """How many invitations are in each state, as far as `session` sees them; one statement."""
    asked = select(Invitation.state, func.count(Invitation.id)).where(Invitation.round_id == round_.id)
    return Counter(dict(session.execute(asked.group_by(Invitation.state)).all()))


def progress(session: Session, round_: Round) -> Progress:
    """In a person's session without the invitations about himself: he doesn't learn which of his own answered."""
    return Progress(states(session, round_))


def about(session: Session, round_: Round, cadre_id: int | None) -> int:
    """How many invitations of the round are about this person; `session` is a working session."""
    asked = select(func.count(Invitation.id)).where(Invitation.round_id == round_.id, Invitation.cadre_id == cadre_id)
    return session.scalar(asked) or 0
