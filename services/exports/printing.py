"""A list on paper: what is filtered, as the screen shows it, on the register like any copy that leaves."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Engine, select

from models import Area
from models.access.actor import Actor
from models.access.session import working
from rules.errors import RuleBroken
from rules.exporting import ON_PAPER
from rules.text import _
from services.exports.making import listing_of, looking
from services.exports.register import Done, Wanted, check, complete, enter, new_number
from services.lists.sheets import AT_A_TIME

MANY_COLUMNS = 7  # more are printed across


@dataclass(frozen=True)
class Paper:
    number: str
    title: str
    unit: str
    said: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def is_wide(self) -> bool:
        return len(self.heads) > MANY_COLUMNS


def print_out(engine: Engine, wanted: Wanted, left_out: Collection[str], *, by: Actor, now: datetime) -> Paper:
    """The list ready to print, registered; raises as `check`, and RuleBroken("print-long")."""
    check(wanted, by)
    listing, number = listing_of(wanted, by), new_number(now)
    listing.as_shown(left_out)
    with looking(engine, by) as session:
        listing.hunt(session)
        found = session.scalars(listing.statement().limit(ON_PAPER + 1).execution_options(yield_per=AT_A_TIME))
        rows = [[listing.reader.text(row, col) for col in listing.cols] for row in islice(found, ON_PAPER + 1)]
        unit = session.scalar(select(Area.name).where(Area.path == by.area_path)) or ""
    if len(rows) > ON_PAPER:
        raise RuleBroken("print-long", _("一次最多打印 {n} 条。请先用查询条件缩小范围，或导出表格。"), n=f"{ON_PAPER:,}")
    with working(engine, by) as session:
        line = enter(session, wanted, listing, number, by=by, now=now)
        told = "\n".join("\t".join(cells) for cells in (listing.heads, *rows)).encode()
        complete(session, line, Done(len(rows), hashlib.sha256(told).hexdigest(), len(told)), listing.is_personal, by=by, now=now)
        session.commit()
    return Paper(number, listing.title, unit, listing.said(), listing.heads, rows)
