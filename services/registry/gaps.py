"""Where a duty has no holder, too many or an expired one: one question per cell, asked in the reader's own session."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from models import Area, Assignment, Cadre, Charge, Client, Letter, Post
from rules.clients import ClientState
from rules.coverage import CoverKind
from rules.gaps import DUTIES, GRID_HEAD, GRIDDED, LETTER, LINKED, OF_CLIENTS, Duty
from rules.letters import LetterKind
from rules.places import AreaLevel
from rules.posts import PostKind, Rank
from rules.roster_rule import GapKind

MOST = 10_000  # lists count no further
GAPS = (GapKind.NOBODY, GapKind.TOO_MANY, GapKind.EXPIRED)
Cells = dict[tuple[str, str], int]
NOBODY: Any = literal("")
NEVER: Any = literal(None)


@dataclass(frozen=True)
class Line:
    """`row` is the subject where nobody holds it, the holding where one is to be ended."""

    row: int
    name: str
    place: str
    holder: str
    since: date | None
    why: str


def cell(duty: Duty, gap: GapKind, day: date, path: str) -> Select[Any] | None:
    """(row, name, place, holder, since, why), or None where this gap can't be."""
    if duty in OF_CLIENTS:
        return {GapKind.NOBODY: _bare_clients, GapKind.TOO_MANY: _crowded, GapKind.EXPIRED: _stale_assignments}[gap](duty, day, path)
    if gap is GapKind.NOBODY:
        return _bare_people(path) if duty is LINKED else _bare_places(duty, day, path)
    if gap is GapKind.EXPIRED and (duty is GRID_HEAD or duty.level):
        return _stale_holdings(duty, day, path)
    return None


def _line(row: Any, name: Any, place: Any, holder: Any = NOBODY, since: Any = NEVER, why: str = "") -> Select[Any]:
    return select(row.label("row"), name.label("name"), place.label("place"), holder.label("holder"), since.label("since"), literal(why).label("why"))


def _bare_clients(duty: Duty, day: date, path: str) -> Select[Any]:
    held = select(Assignment.client_id).where(Assignment.until.is_(None), Assignment.kind.in_(duty.kinds))
    found = _line(Client.id, Client.name, Area.name).join(Area, Area.id == Client.area_id)
    return found.where(*_active(duty, path), Client.id.not_in(held))


def _active(duty: Duty, path: str) -> tuple[Any, ...]:
    return (Client.kind == duty.subject, Client.state == ClientState.ACTIVE, Client.area_path.startswith(path, autoescape=True))


def _crowded(duty: Duty, day: date, path: str) -> Select[Any]:
    """Every holding of a client that has several; ending all but one mends it."""
    several = select(Assignment.client_id).where(Assignment.until.is_(None), Assignment.kind.in_(duty.kinds))
    several = several.group_by(Assignment.client_id).having(func.count(Assignment.id) > 1)
    return _holdings(duty, path, "").where(Client.state == ClientState.ACTIVE, Client.id.in_(several))


def _stale_assignments(duty: Duty, day: date, path: str) -> Select[Any]:
    gone, closed = Cadre.until < day, Client.state == ClientState.CLOSED
    return _holdings(duty, path, "stale").where(or_(gone, closed, Area.until < day))


def _holdings(duty: Duty, path: str, why: str) -> Select[Any]:
    found = _line(Assignment.id, Client.name, Area.name, Cadre.name, Assignment.since, why)
    found = found.select_from(Assignment).join(Client, Client.id == Assignment.client_id)
    found = found.join(Cadre, Cadre.id == Assignment.cadre_id).join(Area, Area.id == Client.area_id)
    here = Client.area_path.startswith(path, autoescape=True)
    return found.where(Assignment.until.is_(None), Client.kind == duty.subject, Assignment.kind.in_(duty.kinds), here)


def _bare_places(duty: Duty, day: date, path: str) -> Select[Any]:
    above = aliased(Area)
    found = _line(Area.id, Area.name, func.coalesce(above.name, "")).outerjoin(above, above.id == Area.parent_id)
    here = Area.path.startswith(path, autoescape=True)
    standing = or_(Area.until.is_(None), Area.until >= day)
    return found.where(Area.level == duty.subject, here, standing, Area.id.not_in(_held_places(duty, day)))


def _held_places(duty: Duty, day: date) -> Select[Any]:
    if duty is GRIDDED:
        grid = aliased(Area)
        return select(grid.parent_id).where(grid.level == AreaLevel.GRID, grid.until.is_(None), grid.parent_id.is_not(None))
    if duty is LETTER:
        signed = and_(Letter.kind == LetterKind.PETITIONS, Letter.year == day.year, Letter.signed_on.is_not(None))
        return select(Letter.area_id).where(signed, Letter.client_id.is_(None))
    if duty is GRID_HEAD:
        return select(Post.area_id).where(Post.kind == PostKind.GRID_HEAD, Post.rank == Rank.A, Post.until.is_(None))
    return select(Charge.area_id).where(Charge.level == duty.level, Charge.until.is_(None))


def _bare_people(path: str) -> Select[Any]:
    """Whoever is linked to households and stands in no grid."""
    linking = select(Assignment.cadre_id).where(Assignment.kind == CoverKind.HOUSEHOLD, Assignment.until.is_(None))
    in_grid = select(Post.cadre_id).where(Post.kind.in_((PostKind.GRID_HEAD, PostKind.GRID_MEMBER)), Post.until.is_(None))
    found = _line(Cadre.id, Cadre.name, Area.name).join(Area, Area.id == Cadre.area_id)
    return found.where(Cadre.id.in_(linking), Cadre.id.not_in(in_grid), Cadre.area_path.startswith(path, autoescape=True))


def _stale_holdings(duty: Duty, day: date, path: str) -> Select[Any]:
    kind: Any = Post if duty is GRID_HEAD else Charge
    which = (Post.kind == PostKind.GRID_HEAD) if duty is GRID_HEAD else (Charge.level == duty.level)
    found = _line(kind.id, Area.name, literal(""), Cadre.name, kind.since, "stale").select_from(kind)
    found = found.join(Cadre, Cadre.id == kind.cadre_id).join(Area, Area.id == kind.area_id)
    here = Area.path.startswith(path, autoescape=True)
    return found.where(which, kind.until.is_(None), here, or_(Cadre.until < day, Area.until < day))


def counts(session: Session, day: date, path: str) -> Cells:
    """One statement for the whole table; no cell counts beyond MOST."""
    asked = {(duty.code, gap.value): cell(duty, gap, day, path) for duty in DUTIES.values() for gap in GAPS}
    known = {key: found for key, found in asked.items() if found is not None}
    columns = [select(func.count()).select_from(found.limit(MOST + 1).subquery()).scalar_subquery() for found in known.values()]
    numbers: Any = session.execute(select(*columns).select_from(Area).limit(1)).one_or_none()
    return dict(zip(known, numbers, strict=True)) if numbers else {}


def lines(session: Session, duty: Duty, gap: GapKind, day: date, path: str, limit: int, offset: int = 0, row: int | None = None) -> list[Line]:
    """One page of a cell, or the one line named `row`."""
    found = cell(duty, gap, day, path)
    if found is None:
        return []
    first = found.selected_columns[0]
    found = found.where(first.element == row) if row is not None else found
    return [Line(**one._mapping) for one in session.execute(found.order_by(first.element).limit(limit).offset(offset))]
