"""What the rated person may know of his ratings: batches of frozen rounds, never a single voice (design §3a)."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Ballot, Invitation, Round
from rules.disclosure import Shown, Voice, disclose
from rules.months import Month
from rules.rounds import RoundState
from services.rounds.survey import survey_of


def disclosed(session: Session, cadre_id: int) -> tuple[Shown, ...]:
    """All batches about one cadre, oldest first, judged by the version each round ran under.

    `session` is a working session: the person himself sees no ballot. A round counts once it and all before it
    are frozen, so that a late freeze never changes a batch already shown.
    """
    shown: list[Shown] = []
    rounds = sorted(_standing(session, cadre_id), key=lambda one: (one.rule_id, one.month))
    for _rule, own in groupby(rounds, key=lambda one: one.rule_id):
        together = list(own)
        survey, scale = survey_of(session, together[0])
        shown += disclose(_voices(session, cadre_id, together), scale, survey.params)
    return tuple(sorted(shown, key=lambda one: one.months))


def _standing(session: Session, cadre_id: int) -> Iterator[Round]:
    """Frozen rounds of each survey and township up to the first that isn't."""
    about = select(Invitation.round_id).where(Invitation.cadre_id == cadre_id)
    found = (
        select(Round)
        .where(Round.id.in_(about), Round.state != RoundState.PLANNED)
        .options(joinedload(Round.rule))
        .order_by(Round.area_id, Round.month, Round.id)
    )
    for _area, own in groupby(session.scalars(found), key=lambda one: one.area_id):
        for one in own:
            if one.state is not RoundState.FROZEN:
                break
            yield one


def _voices(session: Session, cadre_id: int, rounds: list[Round]) -> list[Voice]:
    asked = (
        select(Round.month, Invitation.client_id, Ballot.level)
        .join(Invitation, Invitation.id == Ballot.invitation_id)
        .join(Round, Round.id == Ballot.round_id)
        .where(Ballot.cadre_id == cadre_id, Ballot.round_id.in_([one.id for one in rounds]))
        .order_by(Ballot.id)
    )
    return [Voice(Month.parse(month), str(client), level) for month, client, level in session.execute(asked)]
