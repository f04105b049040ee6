"""A new draw: from which list, how divided, how many, who checks."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from models import Account, Area, Draw, Round, db
from models.access.session import ActorSession, working
from portal.draws.blueprint import DRAWERS, draws
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import only
from rules.draw_rule import DrawRule
from rules.draws import DrawMethod, FrameKind
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.plan import Rule
from rules.roles import Role
from rules.rounds import RoundState
from rules.strata import StratumBy
from rules.text import _
from services import plans
from services.draws.freezing import Ask, freeze
from services.draws.recusing import able as people_able
from services.draws.ruled import ask_for, rules_for

READY = (RoundState.OPEN, RoundState.CLOSED, RoundState.CHECKED, RoundState.FROZEN)
MOST_ROUNDS = 24


@draws.get("/new")
@only(*DRAWERS)
def new() -> str:
    return _page()


@draws.post("/new")
@only(*DRAWERS)
def make() -> Response | tuple[str, int]:
    """Freezes the list; sent twice from one page it is one draw, a refusal keeps what was typed."""
    key = f"hand:{g.actor.account_id}:{request.form.get('once', '')[:40]}"
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        try:
            row: Draw = freeze(session, _ask(session), key, by=g.actor, now=now())
            session.commit()
            return redirect(url_for(".show", number=row.id), 303)
        except RuleBroken as refusal:
            session.rollback()
            flash(str(refusal), "error")
    return _page(), 409


def _ask(session: ActorSession) -> Ask:
    form, number = request.form, request.form.get("round", 0, whole)
    area = session.scalars(select(Area).where(Area.path == g.actor.area_path)).one()
    round_ = session.scalar(select(Round).where(Round.id == number, Round.area_id == area.id, Round.state.in_(READY))) if number else None
    able, leader = tuple(n for n in form.getlist("able", whole) if n), session.get_one(Account, g.actor.account_id) if g.actor.role is Role.LEADER else None
    if form.get("rule"):
        return ask_for(session, _rule(session, form["rule"]), area, round_, leader, purpose=form.get("purpose", ""), able=able)
    kind, method = _choice(FrameKind, form.get("kind", "")), _choice(DrawMethod, form.get("method", ""))
    return Ask(
        area=area, kind=kind, method=method, purpose=form.get("purpose", ""), round=round_ if kind is FrameKind.BALLOTS else None,
        by=tuple(one for one in StratumBy if one.value in form.getlist("by") and (one is not StratumBy.LEVEL or kind is FrameKind.BALLOTS)),
        size=form.get("size", 0, whole), margin=_percent("margin", 0), confidence=_percent("confidence", 95),
        per_target=min(max(form.get("per_target", 1, whole), 1), 2), able=able, led_by=leader,
    )  # fmt: skip


def _rule(session: ActorSession, code: str) -> Rule[DrawRule]:
    """The plan's rule that the reader may draw by; raises RuleBroken("rule-missing")."""
    for one in rules_for(session, g.actor.role, local_day(now())):
        if one.id == code:
            return one
    raise RuleBroken("rule-missing", _("这条抽查规则已不在方案文件中，请重新选择。"))


def _percent(name: str, default: int) -> int:
    """Whole per cent below 100; anything else counts as not given."""
    typed = request.form.get(name, default, whole)
    return typed if 0 < typed < 100 else default


def _choice(kind: Any, code: str) -> Any:
    """The choice typed; raises RuleBroken("choice-missing")."""
    if code not in {one.value for one in kind}:
        raise RuleBroken("choice-missing", _("请选择从什么名单里抽、用什么方式查。"))
    return kind(code)


def _page() -> str:
    with people_in_reach() as people:
        named = [(one.id, f"{one.person}（{one.role.label}）") for one in people]
    rounds = db.session.scalars(select(Round).where(Round.state.in_(READY)).order_by(Round.month.desc(), Round.id.desc()).limit(MOST_ROUNDS)).all()
    rules = rules_for(db.session, g.actor.role, local_day(now()))
    rule = next((one for one in rules if one.id == request.values.get("rule", "")), None)
    once = request.form.get("once") or secrets.token_hex(8)
    return render_template("portal/draws/new.html", rounds=rounds, rules=rules, rule=rule, said=_said(rule), people=named, kinds=FrameKind, methods=DrawMethod, divisions=StratumBy,
                           typed=request.form, once=once, chosen=request.form.getlist("by"), leader=g.actor.role is Role.LEADER)  # fmt: skip


def _said(rule: Rule[DrawRule] | None) -> list[str]:
    """What the rule settles, in the words of the plan's fields."""
    return list(plans.rule_row(db.session, rule).params["said"]) if rule else []


@contextmanager
def people_in_reach() -> Iterator[list[Account]]:
    """Who may check here; the reader himself sees no account but his own."""
    db.session.rollback()  # SQLite has one writer: the reading session lets go first
    with working(db.engine, g.actor) as session:
        yield people_able(session, session.scalars(select(Area).where(Area.path == g.actor.area_path)).one())
