"""提出处理建议: by hand, on facts, for another person to confirm."""

import secrets

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Cadre, Order, Sanction, db
from models.access.session import working
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import only
from portal.sanctions.blueprint import IN_CHARGE, sanctions
from rules.errors import RuleBroken
from rules.localtime import local_day
from services.followup.measures import measures, propose_by_hand


@sanctions.get("/new")
@only(*IN_CHARGE)
def new() -> str:
    """`?order=7`: it follows from that order."""
    return _page()


@sanctions.post("/new")
@only(*IN_CHARGE)
def make() -> Response | tuple[str, int]:
    """Sent twice from one page it is one proposal; a refusal keeps what was typed."""
    form, order = request.form, _order()
    number = order.id if order else 0
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        try:
            row: Sanction = propose_by_hand(
                session, session.get(Cadre, form.get("cadre", 0, whole)), form.get("measure", ""), form.get("facts", ""), form.get("once", "") or secrets.token_hex(8),
                order=session.get(Order, number), by=g.actor, now=now(),
            )  # fmt: skip
            session.commit()
            return redirect(url_for(".show", number=row.id), 303)
        except RuleBroken as refusal:
            session.rollback()
            flash(str(refusal), "error")
    return _page(), 409


def _order() -> Order | None:
    """The order named, as far as the reader sees it."""
    number = request.values.get("order", 0, whole)
    return db.session.get(Order, number) if number else None


def _page() -> str:
    serving = select(Cadre).where(Cadre.until.is_(None), Cadre.id != (g.actor.cadre_id or 0)).order_by(Cadre.pinyin).options(joinedload(Cadre.unit))
    order = _order()
    return render_template(
        "portal/sanctions/new.html", people=db.session.scalars(serving).all(), measures=list(measures(db.session, local_day(now()))), order=order,
        typed=request.form, chosen=request.form.get("cadre", str(order.cadre_id) if order else ""), once=request.form.get("once") or secrets.token_hex(8),
    )  # fmt: skip
