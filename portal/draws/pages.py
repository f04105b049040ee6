"""The list of draws, and one draw step by step: what stands, what comes next."""

from collections import Counter
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Account, Draw, Pick, db
from models.access.session import working
from portal.draws.blueprint import DRAWERS, draws
from portal.frame.acting import carry_out, only, seen
from portal.frame.showing import Pager
from rules.draws import FLOW, DrawState, PickState
from rules.roles import Role
from rules.sample_size import allocate
from rules.strata import StratumBy
from rules.text import _
from services.draws import drawing, redrawing
from services.lists.bounded import MOST, counts

MOVES = {
    "commit": _("公布承诺值"), "reveal": _("抽取"), "close": _("结束抽查"), "void": _("作废"), "redraw": _("重新抽样"), "replace": _("替换"),
}  # fmt: skip


@draws.get("/")
@only(*DRAWERS)
def index() -> str:
    """Newest first."""
    (n,) = counts(db.session, Draw, None)
    pager = Pager(n, most=MOST)
    found = select(Draw).options(joinedload(Draw.round)).order_by(Draw.id.desc()).limit(pager.size).offset(pager.offset)
    return render_template("portal/draws/index.html", rows=db.session.scalars(found).all(), pager=pager)


@draws.get("/<int:number>")
@only(*DRAWERS)
def show(number: int) -> str:
    return _page(seen(Draw, number))


@draws.post("/<int:number>")
@only(*DRAWERS)
def act(number: int) -> Response | tuple[str, int]:
    """One step; what was typed stays when it is refused."""
    row, move = seen(Draw, number), request.form.get("move", "")
    if move not in MOVES:
        abort(400)
    if not _steps(move, row):
        return _page(seen(Draw, number)), 409
    flash(gettext("已办理：%(move)s。", move=gettext(MOVES[move])), "success")
    after = _follower(number) if move == "redraw" else number
    return redirect(url_for(".show", number=after), 303)


def _steps(move: str, row: Draw) -> bool:
    why = request.form.get("why", "")
    if move == "replace":
        pick = seen(Pick, request.form.get("pick", 0, int))
        return pick.draw_id == row.id and carry_out(redrawing.replace, pick, why)
    verbs: dict[str, tuple[Any, ...]] = {
        "commit": (drawing.commit,), "reveal": (drawing.reveal, request.form.get("dice", "")), "close": (drawing.close,),
        "void": (redrawing.void, why), "redraw": (redrawing.redraw, why),
    }  # fmt: skip
    verb, *words = verbs[move]
    return carry_out(verb, row, *words)


def _follower(number: int) -> int:
    return db.session.scalar(select(Draw.id).where(Draw.redraw_of_id == number)) or number


def _page(row: Draw) -> str:
    names, frame = names_of(row), Counter(stratum for stratum, _one in row.frame)
    leads = row.led_by_id == g.actor.account_id if row.led_by_id else g.actor.role is Role.DISCIPLINE
    moves = {move.name for move in FLOW.allowed(row.state)} if leads else set()
    picks = db.session.scalars(select(Pick).where(Pick.draw_id == row.id).options(joinedload(Pick.client), joinedload(Pick.cadre)).order_by(Pick.position, Pick.target)).all()
    return render_template(
        "portal/draws/show.html", draw=row, moves=moves, leads=leads, picks=picks, names=names, typed=request.form,
        strata=[(name, frame[name], share, row.weights.get(name, 1)) for name, share in allocate(frame, row.size, row.weights).items()],
        before=_other(row.redraw_of_id), after=_other(_follower(row.id)) if _follower(row.id) != row.id else None,
        replaceable=leads and row.state is DrawState.DRAWN, waiting=PickState.WAITING, blind=StratumBy.LEVEL in row.divided, unproven=tells_levels(row),
    )  # fmt: skip


def tells_levels(row: Draw) -> bool:
    """Whether the proof names strata of low ratings while people are still to be asked."""
    return row.state is DrawState.DRAWN and StratumBy.LEVEL in row.divided


def _other(number: int | None) -> Draw | None:
    return db.session.get(Draw, number) if number else None


def names_of(row: Draw) -> dict[int, str]:
    """Who may check, by account: the reader sees no account but his own."""
    numbers = list(row.able)
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        return {one.id: one.person for one in session.scalars(select(Account).where(Account.id.in_(numbers)).options(joinedload(Account.cadre)))}
