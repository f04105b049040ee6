"""Who may be drawn: the answered ballots of a round or the enterprises in operation, each with what its stratum needs."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Area, Assignment, Ballot, Check, Client, Draw, Enterprise, Invitation, Pick, Round
from rules.clients import ClientState
from rules.draws import DrawState, FrameKind, PickState
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.strata import Candidate
from rules.text import _
from services.rounds.survey import survey_of

AREA_LENGTH = 40
AT_ONCE = 5000  # ids in one statement
TRADE = Client.__table__.c.trade  # only an enterprise has one


def candidates(session: Session, area: Area, kind: FrameKind, round_: Round | None, apart: int | None = None) -> list[Candidate]:
    """Everybody of the area that may be drawn, without those whose cadre is `apart` (the one who draws).

    Raises RuleBroken("round-missing").
    """
    if kind is FrameKind.BALLOTS:
        if round_ is None:
            raise RuleBroken("round-missing", _("请选择从哪一轮测评的答卷里抽。"))
        found = list(_ballots(session, area, round_))
    else:
        found = list(_clients(session, area))
    return [one for one in found if apart is None or one.cadre_id != apart]


def _ballots(session: Session, area: Area, round_: Round) -> Iterator[Candidate]:
    _survey, scale = survey_of(session, round_)
    checked, bottom = last_checked(session), _low_from(scale)
    asked = (
        select(Invitation.id, Invitation.client_id, Invitation.cadre_id, Area.name, TRADE, Ballot.level)
        .join(Ballot, Ballot.invitation_id == Invitation.id)
        .join(Client, Client.id == Invitation.client_id)
        .join(Area, Area.id == Client.area_id)
        .where(Invitation.round_id == round_.id, Ballot.voided_at.is_(None), *_below(Invitation.area_path, area))
    )
    found: Any = session.execute(asked)
    for number, client, cadre, place, trade, level in found:
        yield Candidate(str(number), client, cadre, _short(place), _label(trade), number, level <= bottom, checked.get(client))


def _clients(session: Session, area: Area) -> Iterator[Candidate]:
    checked = last_checked(session)
    held = (
        select(Assignment.client_id, func.min(Assignment.cadre_id).label("cadre_id"))
        .where(Assignment.until.is_(None)).group_by(Assignment.client_id).subquery()
    )  # fmt: skip
    asked = (
        select(Enterprise.id, held.c.cadre_id, Area.name, Enterprise.trade)
        .join(Area, Area.id == Enterprise.area_id)
        .outerjoin(held, held.c.client_id == Enterprise.id)
        .where(Enterprise.state == ClientState.ACTIVE, *_below(Enterprise.area_path, area))
    )
    found: Any = session.execute(asked)
    for number, cadre, place, trade in found:
        yield Candidate(str(number), number, cadre, _short(place), _label(trade), None, False, checked.get(number))


def facts_of(session: Session, kind: FrameKind, ids: Collection[str]) -> dict[str, Candidate]:
    """Whom these ids of a frozen list mean today, also where they would not be put on a list any more."""
    numbers, found = [int(one) for one in ids], dict[str, Candidate]()
    for at in range(0, len(numbers), AT_ONCE):
        found |= _facts(session, kind, numbers[at : at + AT_ONCE])
    return found


def _facts(session: Session, kind: FrameKind, numbers: Collection[int]) -> dict[str, Candidate]:
    if kind is FrameKind.BALLOTS:
        asked = select(Invitation.id, Invitation.client_id, Invitation.cadre_id).where(Invitation.id.in_(numbers))
        return {str(number): Candidate(str(number), client, cadre, "", "", number) for number, client, cadre in session.execute(asked)}
    held = select(Assignment.client_id, func.min(Assignment.cadre_id)).where(Assignment.until.is_(None), Assignment.client_id.in_(numbers))
    rows: Any = session.execute(held.group_by(Assignment.client_id)).all()
    cadres: dict[int, int] = dict(rows)
    return {str(number): Candidate(str(number), number, cadres.get(number), "", "") for number in numbers}


def last_checked(session: Session) -> dict[int, date]:
    """The last day on which each client was checked, by a draw that is closed or by a sheet that was signed."""
    drawn = select(Pick.client_id, func.max(Draw.ended_at)).join(Draw).where(Pick.state == PickState.DONE, Draw.state == DrawState.CLOSED)
    sheets = select(Check.client_id, func.max(Check.signed_at)).where(Check.client_id.is_not(None), Check.signed_at.is_not(None))
    found: dict[int, date] = {}
    both: Any = [session.execute(one).all() for one in (drawn.group_by(Pick.client_id), sheets.group_by(Check.client_id))]
    for rows in both:
        for client, at in rows:
            found[client] = max(local_day(at), found.get(client, date.min))
    return found


def _low_from(scale: Any) -> int:
    """The highest position that counts as low: just below what counts as satisfied."""
    return max((level.position for level in scale.levels if not scale.satisfied(level.position)), default=0)


def _below(path: Any, area: Area) -> tuple[Any, ...]:
    return path >= area.path, path < area.path[:-1] + "0"


def _short(name: str) -> str:
    return name[:AREA_LENGTH]


def _label(trade: Any) -> str:
    return str(trade.label) if trade else ""
