"""拟督办单: by hand, for a cadre in reach, with its source, basis and last day."""

import secrets
from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Cadre, Order, db
from models.access.session import working
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import only
from portal.frame.menu import OFFICE
from portal.orders.blueprint import orders
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.order_source import BY_HAND, FARTHEST, ByHand, OrderSource
from rules.text import _
from services.followup.by_hand import draft_by_hand
from services.followup.clocks import order_clocks


@orders.get("/new")
@only(*OFFICE)
def new() -> str:
    return _page()


@orders.post("/new")
@only(*OFFICE)
def make() -> Response | tuple[str, int]:
    """Sent twice from one page it is one draft; a refusal keeps what was typed."""
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        try:
            cadre = session.get(Cadre, request.form.get("cadre", 0, whole))
            row: Order = draft_by_hand(session, cadre, _ask(), request.form.get("once", "") or secrets.token_hex(8), by=g.actor, now=now())
            session.commit()
            return redirect(url_for(".show", number=row.id), 303)
        except RuleBroken as refusal:
            session.rollback()
            flash(str(refusal), "error")
    return _page(), 409


def _ask() -> ByHand:
    """What was typed; raises RuleBroken("source-odd", "due-odd")."""
    form = request.form
    source = next((one for one in BY_HAND if one.value == form.get("source", "")), None)
    if source is None:
        raise RuleBroken("source-odd", _("请选择来源。"))
    clock = form.get("clock", "")
    return ByHand(source, *(form.get(name, "") for name in ("matter", "facts", "request", "basis")), clock, None if clock else _day(form.get("due_on", "")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise RuleBroken("due-odd", _("期限“{day}”不是一个日期，请写成 2026-12-31 的样子。"), day=text.strip()[:20]) from None


def _page() -> str:
    today = local_day(now())
    serving = select(Cadre).where(Cadre.until.is_(None), Cadre.id != (g.actor.cadre_id or 0)).order_by(Cadre.pinyin).options(joinedload(Cadre.unit))
    clocks = order_clocks(db.session, today)
    return render_template(
        "portal/orders/new.html", people=db.session.scalars(serving).all(), sources=BY_HAND, clocks=clocks, typed=request.form,
        chosen=request.form.get("clock", clocks[0].id if clocks else ""), asked=request.args, once=request.form.get("once") or secrets.token_hex(8),
        least=today.isoformat(), most=(today + FARTHEST).isoformat(), overdue=OrderSource.OVERDUE,
    )  # fmt: skip
