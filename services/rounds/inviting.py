"""One invitation for each responsibility of the frame: whether, by which way, and under which code (QY-2.3b)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models import Assignment, Invitation, Round
from models.vault import vault
from rules.invitations import InvitationState
from rules.survey import SurveyRule
from services.rounds.reach import Directory, choose, self_dealing
from services.tokens import hash_of


def rows(round_: Round, survey: SurveyRule, people: Directory, held: Sequence[Assignment], places: Mapping[int, int]) -> list[dict[str, Any]]:
    """The rows to write; `places`: number of a responsibility → its place in the frame, from 1, which the serial ends in."""
    return [_row(round_, survey, people, one, places[one.id]) for one in held]


def write(session: Session, found: list[dict[str, Any]]) -> None:
    """A responsibility that is invited already is refused by the database."""
    if found:
        session.execute(insert(Invitation.__table__), found)


@dataclass(frozen=True)
class _Place:
    state: InvitationState
    channel: str | None
    phone_ok: bool
    why: str


def _place(survey: SurveyRule, people: Directory, assignment: Assignment) -> _Place:
    doubt = self_dealing(people, assignment, assignment.client)
    if doubt:
        return _Place(InvitationState.EXCLUDED, None, False, str(doubt))
    choosing = choose(survey, people, assignment.client, assignment.cadre_id)
    reasons = "；".join(str(reason) for reason in choosing.reasons)
    return _Place(
        InvitationState.PENDING, choosing.channel.value if choosing.channel else None,
        people.may_text(assignment.client.phone_index, assignment.cadre_id), reasons[:300],
    )  # fmt: skip


def _row(round_: Round, survey: SurveyRule, people: Directory, assignment: Assignment, n: int) -> dict[str, Any]:
    place, uid = _place(survey, people, assignment), secrets.token_hex(16)
    return {
        "uid": uid, "version": 1, "round_id": round_.id, "assignment_id": assignment.id,
        "client_id": assignment.client_id, "cadre_id": assignment.cadre_id,
        "area_id": assignment.area_id, "area_path": assignment.area_path,
        "serial": f"{round_.month.replace('-', '')}-{round_.id}-{n:04d}",
        "state": place.state, "channel": place.channel, "phone_ok": place.phone_ok, "why": place.why,
        "token_hash": hash_of(vault().token(Invitation.__tablename__, uid)), "reminders": 0, "told_by": "",
    }  # fmt: skip
