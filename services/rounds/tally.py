"""Count a closed round: per cadre and in all, under the floor rule (SQ-2.3a)."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Ballot, Invitation, Round
from rules.invitations import InvitationState
from rules.results import Summary, summarise
from rules.scale import Scale
from services.rounds.survey import survey_of


@dataclass(frozen=True)
class Tally:
    """Results of one round; keys are cadre ids, for `areas` area ids; `states` counts the whole round."""

    total: Summary
    cadres: dict[int, Summary]
    states: Counter[InvitationState]
    areas: dict[int, Counter[InvitationState]]
    floor: int


def tally(session: Session, round_: Round) -> Tally:
    """Recompute from ballots and invitations; two statements whatever the size."""
    survey, scale = survey_of(session, round_)
    floor = survey.params.floor
    states: dict[int, Counter[InvitationState]] = defaultdict(Counter)
    areas: dict[int, Counter[InvitationState]] = defaultdict(Counter)
    asked = (Invitation.cadre_id, Invitation.area_id, Invitation.state)
    groups = select(*asked, func.count()).where(Invitation.round_id == round_.id).group_by(*asked)
    for cadre_id, area_id, state, count in session.execute(groups):
        states[cadre_id][state] += count
        areas[area_id][state] += count
    levels: dict[int, list[int]] = defaultdict(list)
    given = (Ballot.cadre_id, Ballot.level)
    votes = select(*given, func.count()).where(Ballot.round_id == round_.id, Ballot.voided_at.is_(None)).group_by(*given)
    for cadre_id, level, count in session.execute(votes):
        levels[cadre_id] += [level] * count
    everyone = sum(states.values(), Counter())
    cadres = {cadre: _summary(levels[cadre], scale, counted, floor) for cadre, counted in sorted(states.items())}
    total = _summary([one for given in levels.values() for one in given], scale, everyone, floor)
    return Tally(total, cadres, everyone, dict(areas), floor)


def _summary(levels: list[int], scale: Scale, states: Counter[InvitationState], floor: int) -> Summary:
    invited = sum(states.values()) - states[InvitationState.EXCLUDED]
    refused, closed = states[InvitationState.REFUSED], states[InvitationState.CLOSED_SHOP]
    return summarise(levels, scale, invited, refused, closed, floor)
