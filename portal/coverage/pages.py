"""One responsibility with the whole history of its client; a change ends the old row and begins a new one."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models import Assignment, Cadre, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.menu import WITH_CADRE_PAGES
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.roles import Role
from rules.text import _
from services import coverage

pages = Blueprint("coverage", __name__, url_prefix="/assignments")


@pages.get("/<int:number>")
@only(*WITH_CADRE_PAGES)
def show(number: int) -> str:
    row = seen(Assignment, number)
    past = select(Assignment).where(Assignment.client_id == row.client_id).options(joinedload(Assignment.cadre))
    history = db.session.scalars(past.order_by(Assignment.since.desc(), Assignment.id.desc())).all()
    serving = select(Cadre).where(Cadre.until.is_(None), Cadre.id != row.cadre_id).order_by(Cadre.pinyin)
    cadres = db.session.scalars(serving.options(joinedload(Cadre.unit)).limit(500)).all()
    return render_template(
        "portal/coverage/show.html", row=row, history=history, cadres=cadres, today=local_day(now())
    )


@pages.post("/<int:number>/hand-over")
@only(Role.CLERK)
def hand_over(number: int) -> ResponseReturnValue:
    row, to = seen(Assignment, number), request.form.get("cadre", 0, whole)
    seen(Cadre, to)
    client_id = row.client_id
    done = _try(
        lambda on: carry_out(
            lambda session, old, **more: coverage.hand_over(
                session, old, session.get_one(Cadre, to), on, request.form.get("reason", ""), **more
            ),
            row,
        )
    )
    if not done:
        return redirect(url_for(".show", number=number), 303)
    flash(_("已移交。原责任记录保留起止日期。"), "success")
    newest = select(Assignment.id).where(Assignment.client_id == client_id).order_by(Assignment.id.desc()).limit(1)
    return redirect(url_for(".show", number=db.session.scalar(newest)), 303)


@pages.post("/<int:number>/end")
@only(Role.CLERK)
def end(number: int) -> ResponseReturnValue:
    row, reason = seen(Assignment, number), request.form.get("reason", "")
    if _try(lambda on: carry_out(lambda session, old, **more: coverage.end(session, old, on, reason, **more), row)):
        flash(_("已终止。"), "success")
    return redirect(url_for(".show", number=number), 303)


def _try(act: object) -> bool:
    """Read the day typed, then act; an unreadable day is told and nothing happens."""
    try:
        on = date.fromisoformat(request.form.get("on", ""))
    except ValueError:
        flash(str(RuleBroken("day-unreadable", _("日期看不懂，请写成 2026-11-20 的样子。"))), "error")
        return False
    return bool(act(on))  # type: ignore[operator]
