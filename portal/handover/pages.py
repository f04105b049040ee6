"""`/handover/<cadre>`: choose what goes to whom, carry it out at once, print the list for both to sign."""

import io
from datetime import date, timedelta

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, send_file, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from documents.handover import write_handover
from models import Cadre, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, note_reading, only, seen
from portal.frame.menu import OFFICE
from rules.localtime import local_day
from rules.roles import Role
from rules.text import _
from services.registry import leaving

handover = Blueprint("handover", __name__, url_prefix="/handover")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_PEOPLE = 500


@handover.get("/<int:number>")
@only(*OFFICE)
def show(number: int) -> str:
    return page(seen(Cadre, number))


def page(cadre: Cadre) -> str:
    found = select(Cadre).where(Cadre.until.is_(None), Cadre.id != cadre.id).order_by(Cadre.pinyin)
    people = db.session.scalars(found.options(joinedload(Cadre.unit)).limit(MOST_PEOPLE)).all()
    return render_template(
        "portal/handover/show.html", cadre=cadre, sheet=leaving.sheet(db.session(), cadre), people=people,
        today=local_day(now()), typed=request.form,
    )  # fmt: skip


@handover.post("/<int:number>")
@only(Role.CLERK)
def act(number: int) -> Response | tuple[str, int]:
    """All that is ticked, in one transaction; a refusal changes nothing and keeps what was typed."""
    cadre, on = seen(Cadre, number), _day(request.form.get("on", ""))
    to, keys = request.form.get("to", 0, whole), set(request.form.getlist("item"))
    if to:
        seen(Cadre, to)
    if on is None:
        flash(_("日期看不懂，请写成 2026-11-20 的样子。"), "error")
        return page(cadre), 409
    reason, gone = request.form.get("reason", "")[:150], request.form.get("leaving") == "1"
    done = carry_out(
        lambda session, row, **more: leaving.hand_over_all(
            session, row, session.get_one(Cadre, to) if to else None, on, reason, keys, leaving=gone, **more
        ),
        cadre,
    )
    if not done:
        return page(seen(Cadre, number)), 409
    flash(_("已移交。请打印移交清单，双方签字。"), "success")
    return redirect(url_for(".paper", number=number, on=on), 303)


@handover.get("/<int:number>/sheet")
@only(*OFFICE)
def paper(number: int) -> str:
    """The list to sign: what goes over, or what went over from `on`."""
    cadre = seen(Cadre, number)
    on = _day(request.args.get("on", ""))
    found = leaving.sheet(db.session(), cadre, on - timedelta(days=1) if on else None)
    return render_template("prints/handover.html", cadre=cadre, sheet=found, on=on, by=g.actor.name, at=local_day(now()))


@handover.get("/<int:number>/sheet.docx")
@only(*OFFICE)
def word(number: int) -> Response:
    cadre, on = seen(Cadre, number), _day(request.args.get("on", ""))
    found = leaving.sheet(db.session(), cadre, on - timedelta(days=1) if on else None)
    rows = [(one.kind, one.what, one.place, str(one.since)) for one in found.items]
    title, day = f"{cadre.name}工作移交清单", on or local_day(now())
    body = write_handover(title, current_app.config["LIANXIN"].township, rows, found.stays, day)
    note_reading("handover.printed", f"cadres:{number}", f"{len(rows)}项")
    return send_file(io.BytesIO(body), WORD, as_attachment=True, download_name=f"{title}_{day:%Y%m%d}.docx")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
