"""月末结账 in five steps: close, check, count, follow up, freeze. Each can be taken back until the freeze."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from models import Round, Snapshot, db
from portal.edge.clock import now
from portal.frame.acting import carry_out, look, only, seen
from portal.rounds.blueprint import OFFICERS, rounds
from rules.consequence import OutcomeKind
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services.rounds import closing, figures, freezing
from services.rounds.checking import findings
from services.rounds.forecast import forecast
from services.rounds.progress import progress

STEPS = (_("截止"), _("核对异常"), _("计算统计"), _("反馈督办"), _("归档出表"))
FIRST = dict.fromkeys(RoundState, 1) | {RoundState.CLOSED: 2, RoundState.CHECKED: 3, RoundState.FROZEN: 5}
FURTHEST = {**FIRST, RoundState.CHECKED: 5}
MOVES: dict[str, tuple[Callable[..., Any], str, int]] = {
    "close": (closing.close, _("已截止，从现在起不再收评价。"), 2),
    "reopen": (closing.reopen, _("已重新开启，可以继续收评价。"), 1),
    "check": (closing.check, _("核对完成。"), 3),
    "uncheck": (closing.uncheck, _("已退回核对。"), 2),
    "freeze": (freezing.freeze, _("已归档，数字从此不变。"), 5),
}


@rounds.get("/<int:number>/finish/")
@only(*OFFICERS)
def finish(number: int) -> Response:
    """Where the work stands."""
    return redirect(url_for(".step", number=number, step=FIRST[seen(Round, number).state]))


@rounds.get("/<int:number>/finish/<int:step>")
@only(*OFFICERS)
def step(number: int, step: int) -> Response | str:
    """One step; a step that isn't reached yet leads back to where the work stands."""
    round_ = seen(Round, number)
    if not 1 <= step <= len(STEPS):
        abort(404)
    if not FIRST[round_.state] <= step <= FURTHEST[round_.state] and round_.state is not RoundState.FROZEN:
        return redirect(url_for(".step", number=number, step=FIRST[round_.state]))
    view = {"round": round_, "step": step, "steps": STEPS, "frozen": round_.state is RoundState.FROZEN}
    return render_template(f"portal/rounds/finish{step}.html", **view, **FACTS[step](round_))


@rounds.post("/<int:number>/finish/")
@only(Role.CLERK)
def move(number: int) -> Response:
    """One move of the round's state machine."""
    round_ = seen(Round, number)
    verb, done, then = MOVES.get(request.form.get("move", "")) or abort(400)
    if carry_out(verb, round_):
        flash(gettext(done), "success")
        return redirect(url_for(".step", number=number, step=then))
    return redirect(url_for(".finish", number=number))


@rounds.post("/<int:number>/correct")
@only(Role.CLERK)
def correct(number: int) -> Response | tuple[str, int]:
    """更正版: a new edition beside the old one, with its reason."""
    if carry_out(freezing.correct, seen(Round, number), request.form.get("reason", "")):
        flash(gettext("已出更正版，原版保留。"), "success")
    return redirect(url_for(".step", number=number, step=5))


def _close_facts(round_: Round) -> dict[str, Any]:
    return {"progress": progress(db.session, round_), "early": now() < round_.closes_at}


def _check_facts(round_: Round) -> dict[str, Any]:
    return {"found": look(findings, round_, g.actor.cadre_id), "may_reopen": now() < round_.closes_at}


def _count_facts(round_: Round) -> dict[str, Any]:
    return {"figures": look(_figures, round_)}


def _figures(session: Session, round_: Round) -> figures.Figures:
    if round_.state is RoundState.FROZEN:
        return figures.frozen(session, freezing.newest(session, round_), g.actor)
    return figures.live(session, round_, g.actor)


def _follow_facts(round_: Round) -> dict[str, Any]:
    drafts = [] if round_.state is RoundState.FROZEN else look(forecast, round_, now())
    drafts = [one for one in drafts if one.cadre_id != g.actor.cadre_id]
    return {
        "orders": [one for one in drafts if one.kind is OutcomeKind.ORDER],
        "sanctions": [one for one in drafts if one.kind is OutcomeKind.SANCTION],
        "with_names": g.actor.role in {Role.LEADER, Role.DISCIPLINE},
    }


def _freeze_facts(round_: Round) -> dict[str, Any]:
    editions = select(Snapshot).where(Snapshot.round_id == round_.id).order_by(Snapshot.edition.desc())
    return {"editions": db.session.scalars(editions).all()}


FACTS: dict[int, Callable[[Round], dict[str, Any]]] = {
    1: _close_facts, 2: _check_facts, 3: _count_facts, 4: _follow_facts, 5: _freeze_facts,
}  # fmt: skip
