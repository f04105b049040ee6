"""What everybody may read of boards: the text that two persons published, within its days, and nothing else of the house."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Publication
from rules.board_rule import Colour
from rules.publications import PublicationState

MOST = 200


@dataclass(frozen=True)
class Line:
    """One line of a board; each field is a column of publications, redacted when it was asked for."""

    board: str
    colour: Colour
    name: str
    place: str
    words: str
    from_on: date
    until_on: date

    @property
    def last_day(self) -> date:
        return self.until_on - timedelta(days=1)


@dataclass(frozen=True)
class Wall:
    """The boards of one place: (title, colour, lines), red before black."""

    place: str
    boards: tuple[tuple[str, Colour, tuple[Line, ...]], ...]


COLUMNS = tuple(getattr(Publication, one.name) for one in fields(Line))


def wall(session: Session, code: str, today: date) -> Wall | None:
    """Of the place with this code and all in it, the newest `MOST`; None where no place has it.

    The day is asked here, so that nothing stays up for want of a sweep. `session` is a working session.
    """
    here: Any = session.execute(select(Area.name, Area.path).where(Area.code == code)).one_or_none() if code else None
    if here is None:
        return None
    found = select(*COLUMNS).where(
        Publication.public.is_(True), Publication.state == PublicationState.LIVE, Publication.area_path.startswith(here.path, autoescape=True),
        Publication.from_on <= today, Publication.until_on > today,
    )  # fmt: skip
    rows: Any = session.execute(found.order_by(Publication.from_on.desc(), Publication.id.desc()).limit(MOST))
    lines = [Line(*row) for row in rows]
    return Wall(here.name, tuple(_boards(lines)))


def _boards(lines: list[Line]) -> Iterator[tuple[str, Colour, tuple[Line, ...]]]:
    titles = dict.fromkeys((one.board, one.colour) for one in lines)
    for board, colour in sorted(titles, key=lambda one: (one[1] is Colour.BLACK, one[0])):
        yield board, colour, tuple(one for one in lines if (one.board, one.colour) == (board, colour))
