"""`/coverage`: the table of duties and gaps; behind each number its lines, mended with one press."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Area, Assignment, Cadre, Charge, Client, Post, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.menu import OFFICE
from portal.frame.showing import Pager
from rules.coverage import CoverKind
from rules.gaps import DUTIES, GRID_HEAD, OF_CLIENTS, Duty
from rules.localtime import local_day
from rules.roles import Role
from rules.roster_rule import GapKind
from rules.text import _
from services import coverage
from services.registry import gaps as asked
from services.registry import held
from services.registry.standing_in import standing_in
from services.registry.teams import findings

gaps = Blueprint("gaps", __name__, url_prefix="/coverage")
MOST_PEOPLE = 500
MENDED = (*(duty.code for duty in OF_CLIENTS), GRID_HEAD.code, *(code for code, duty in DUTIES.items() if duty.level))


@gaps.get("/")
@only(*OFFICE)
def index() -> str:
    session, day, path = db.session(), local_day(now()), g.actor.area_path
    return render_template(
        "portal/gaps/index.html", duties=DUTIES.values(), kinds=asked.GAPS, counts=asked.counts(session, day, path), most=asked.MOST,
        teams=findings(session, path, day), away=standing_in(session, path, day),
    )  # fmt: skip


@gaps.get("/<code>/<gap>")
@only(*OFFICE)
def lines(code: str, gap: str) -> str:
    duty, kind = _cell(code, gap)
    day = local_day(now())
    pager = Pager(asked.counts(db.session(), day, g.actor.area_path)[code, gap])
    rows = asked.lines(db.session(), duty, kind, day, g.actor.area_path, pager.size, pager.offset)
    mending = g.actor.role is Role.CLERK and code in MENDED
    return render_template(
        "portal/gaps/lines.html", duty=duty, kind=kind, rows=rows, pager=pager, mending=mending,
        people=serving() if mending else (), today=day,
    )  # fmt: skip


def serving() -> list[Cadre]:
    """Whom one may give something to."""
    found = select(Cadre).where(Cadre.until.is_(None)).order_by(Cadre.pinyin).options(joinedload(Cadre.unit))
    return list(db.session.scalars(found.limit(MOST_PEOPLE)))


@gaps.post("/<code>/<gap>")
@only(Role.CLERK)
def mend(code: str, gap: str) -> Response:
    """Begin, hand over or end one line; a line mended meanwhile is gone and says so."""
    duty, kind = _cell(code, gap)
    act, _dash, number = request.form.get("act", "").partition("-")
    row = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    if code not in MENDED or act not in {"begin", "hand_over", "end"} or (act == "begin") != (kind is GapKind.NOBODY):
        abort(400)
    if not asked.lines(db.session(), duty, kind, local_day(now()), g.actor.area_path, 1, row=row):
        flash(_("这一条已经办好，或已不在您的范围。"), "error")
    elif _mended(duty, act, row):
        flash(_("已办好。"), "success")
    return redirect(url_for(".lines", code=code, gap=gap), 303)


def _mended(duty: Duty, act: str, number: int) -> bool:
    day, reason = local_day(now()), request.form.get("reason", "").strip()[:150]
    to = request.form.get("cadre", 0, whole)
    if act != "end" and not to:
        flash(_("请先在上面选定责任人。"), "error")
        return False
    if act != "end":
        seen(Cadre, to)
    row = seen(_subject(duty, act), number)
    return carry_out(_verb(duty, act, to, day, reason), row)


def _subject(duty: Duty, act: str) -> Any:
    if act == "begin":
        return Client if duty in OF_CLIENTS else Area
    return Assignment if duty in OF_CLIENTS else Post if duty is GRID_HEAD else Charge


def _verb(duty: Duty, act: str, to: int, day: Any, reason: str) -> Callable[..., Any]:
    """The service verb of one press, with the person chosen found again in its own session."""
    clients = duty in OF_CLIENTS

    def run(session: Any, row: Any, **more: Any) -> Any:
        if act == "end":
            return (coverage.end if clients else held.end)(session, row, day, reason or "清理过期责任", **more)
        person = session.get_one(Cadre, to)
        if act == "hand_over":
            return (coverage.hand_over if clients else held.hand_over)(session, row, person, day, reason or "原责任人到期", **more)
        if clients:
            coverage.check_not_own(to, more["by"])
            return coverage.begin(session, row, person, _kind(duty), day, reason or "查漏补缺", **more)
        return held.begin(session, row, person, duty.level, day, **more)

    return run


def _kind(duty: Duty) -> CoverKind:
    return CoverKind.CADRE if CoverKind.CADRE in duty.kinds else duty.kinds[0]


def _cell(code: str, gap: str) -> tuple[Duty, GapKind]:
    duty = DUTIES.get(code)
    kind = next((one for one in asked.GAPS if one.value == gap), None)
    if duty is None or kind is None or asked.cell(duty, kind, local_day(now()), "") is None:
        abort(404)
    return duty, kind
