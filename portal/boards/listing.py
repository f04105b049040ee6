"""The list of entries with its quick chips; who looked is on record."""

from flask import g, render_template, request
from flask_babel import gettext
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from models import Area, BoardEntry, db
from portal.boards.blueprint import IN_CHARGE, OFFERING, PEOPLE, boards
from portal.boards.steps import is_own
from portal.edge.clock import now
from portal.frame.acting import note_reading, only
from portal.frame.showing import Pager
from rules.boards import READY, BoardState
from rules.localtime import local_day
from rules.text import _
from services.lists.bounded import MOST, counts, shown

S = BoardState
CHIPS: dict[str, tuple[str, ColumnElement[bool]]] = {
    "proposed": (_("待确认"), BoardEntry.state == S.PROPOSED),
    "confirmed": (_("待告知"), BoardEntry.state == S.CONFIRMED),
    "objected": (_("有异议"), BoardEntry.state == S.OBJECTED),
    "ready": (_("待公布"), BoardEntry.state.in_(READY)),
    "published": (_("在榜"), BoardEntry.state == S.PUBLISHED),
    "over": (_("已结束"), BoardEntry.state.in_([S.DISMISSED, S.EXPIRED, S.WITHDRAWN])),
}


@boards.get("/")
@only(*PEOPLE)
def index() -> str:
    """All in scope, newest first; the person himself only sees what he has been told."""
    chip = request.args.get("chip", "")
    asked = CHIPS[chip][1] if chip in CHIPS else None
    here, every, *each = counts(db.session, BoardEntry, asked, None, *(rule for _label, rule in CHIPS.values()))
    pager = Pager(here, most=MOST)
    found = select(BoardEntry).options(joinedload(BoardEntry.client), joinedload(BoardEntry.cadre), joinedload(BoardEntry.unit), joinedload(BoardEntry.area))
    found = (found if asked is None else found.where(asked)).order_by(BoardEntry.id.desc())
    rows = db.session.scalars(found.limit(pager.size).offset(pager.offset)).all()
    of_chips = [(key, gettext(label), shown(n)) for (key, (label, _rule)), n in zip(CHIPS.items(), each, strict=True)]
    page = render_template(
        "portal/boards/index.html", rows=rows, pager=pager, chips=[("", gettext("全部"), shown(every)), *of_chips], chip=chip,
        charge=g.actor.role in IN_CHARGE, offering=g.actor.role in OFFERING, today_is=local_day(now()), code=_code(),
    )  # fmt: skip
    if any(not is_own(row) for row in rows):
        note_reading("boards.listed", "board_entries", f"{len(rows)}条")
    return page


def _code() -> str:
    """The code of the reader's place, under which everybody finds what is public; blank where it has none."""
    return db.session.scalar(select(Area.code).where(Area.path == g.actor.area_path)) or ""
