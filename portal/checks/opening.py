"""A new sheet: which one, about whom, with whom."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Check, Client, Unit, db
from models.access.session import working
from portal.checks.blueprint import checks
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from rules.localtime import local_day
from rules.roles import Role
from rules.sheets import Target
from rules.text import _
from services.checks import opening
from services.checks.sheets import Sheet, on_site

MOST = 200
SUBJECTS: dict[Target, Any] = {Target.UNIT: Unit, Target.CLIENT: Client}


@checks.get("/sheets/new")
@only(Role.DISCIPLINE)
def new() -> str:
    """First the sheet, then whom it is about: a search, because there may be many."""
    sheets = on_site(db.session(), local_day(now()))
    chosen = next((one for one in sheets if one.rule.id == request.values.get("sheet")), None)
    return _page(sheets, chosen)


@checks.post("/sheets/new")
@only(Role.DISCIPLINE)
def make() -> Response | tuple[str, int]:
    """Opens the sheet, or the one begun before; a refusal keeps what was chosen."""
    sheets = on_site(db.session(), local_day(now()))
    chosen = next((one for one in sheets if one.rule.id == request.form.get("sheet")), None)
    number = request.form.get("subject", 0, whole)
    if chosen is None or not number:
        flash(_("请选择检查表和受检对象。"), "error")
        return _page(sheets, chosen), 409
    subject, others = seen(SUBJECTS[chosen.rule.params.target], number), [n for n in request.form.getlist("others", whole) if n]
    if not carry_out(opening.open_sheet, subject, chosen.rule.id, others):
        return _page(on_site(db.session(), local_day(now())), chosen), 409
    column = Check.unit_id if chosen.rule.params.target is Target.UNIT else Check.client_id
    row = db.session.scalar(select(Check.id).where(column == number).order_by(Check.id.desc()).limit(1))
    return redirect(url_for(".show", number=row), 303)


def _page(sheets: list[Sheet], chosen: Sheet | None) -> str:
    word = request.values.get("word", "").strip()[:40]
    others = _others() if chosen else []
    rows = _subjects(chosen, word) if chosen else []
    return render_template("portal/checks/new.html", sheets=sheets, chosen=chosen, rows=rows, word=word, others=others, typed=request.form, most=MOST)


def _subjects(chosen: Sheet, word: str) -> list[Any]:
    model: Any = SUBJECTS[chosen.rule.params.target]
    found = select(model).options(joinedload(model.area)).order_by(model.area_path, model.id).limit(MOST)
    return list(db.session.scalars(found.where(model.name.contains(word, autoescape=True)) if word else found))


def _others() -> list[tuple[int, str]]:
    """(account, name and role) of whom may be named beside the reader, who sees no account but his own."""
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        return [(one.id, f"{one.person}（{one.role.label}）") for one in opening.able(session, g.actor)]
