"""An entry put forward by hand: which board, who, out of how many, why."""

import secrets
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Area, Client, db
from models.access.session import ActorSession, working
from portal.boards.blueprint import OFFERING, boards
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import only
from rules.board_rule import BoardRule
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.plan import Rule
from rules.text import _
from services.boards.offering import by_hand, offer
from services.boards.proposing import WHO
from services.boards.standing import KINDS

MOST = 200


@boards.get("/new")
@only(*OFFERING)
def new() -> str:
    """First the board, then who: a search, because there may be many."""
    return _page()


@boards.post("/new")
@only(*OFFERING)
def make() -> Response | tuple[str, int]:
    """Sent twice from one page it is one entry, a refusal keeps what was typed."""
    key = f"hand:{g.actor.account_id}:{request.form.get('once', '')[:40]}"
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        try:
            area = session.scalars(select(Area).where(Area.path == g.actor.area_path)).one()
            n, subject = request.form.get("n", 0, whole), request.form.get("subject", 0, whole)
            row = offer(session, area, _chosen(session), subject, n, request.form.get("grounds", ""), key, by=g.actor, now=now())
            session.commit()
            return redirect(url_for(".show", number=row.id), 303)
        except RuleBroken as refusal:
            session.rollback()
            flash(str(refusal), "error")
    return _page(), 409


def _chosen(session: ActorSession) -> Rule[BoardRule]:
    """Raises RuleBroken("board-missing")."""
    for one in by_hand(session, local_day(now()), g.actor.role):
        if one.id == request.values.get("board", ""):
            return one
    raise RuleBroken("board-missing", _("请选择上哪张榜。"))


def _page() -> str:
    rules = by_hand(db.session(), local_day(now()), g.actor.role)
    chosen = next((one for one in rules if one.id == request.values.get("board", "")), None)
    word = request.values.get("word", "").strip()[:40]
    once = request.form.get("once") or secrets.token_hex(8)
    rows = _subjects(chosen.params, word) if chosen else []
    return render_template("portal/boards/new.html", rules=rules, chosen=chosen, word=word, rows=rows, once=once, typed=request.form, most=MOST)


def _subjects(rule: BoardRule, word: str) -> list[Any]:
    model: Any = WHO[rule.stands]
    found = select(model).options(joinedload(model.area)).order_by(model.area_path, model.id).limit(MOST)
    if model is Client:
        found = found.where(Client.kind.in_(KINDS[rule.stands]))
    return list(db.session.scalars(found.where(model.name.contains(word, autoescape=True)) if word else found))
