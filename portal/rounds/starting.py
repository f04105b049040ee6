"""Open this month's round by hand: before its day, or again after it was taken back."""

from flask import flash, g, redirect, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from models import Area, Round, db
from models.access.actor import Actor
from models.access.session import working
from portal.edge.clock import now
from portal.frame.acting import only
from portal.rounds.blueprint import rounds
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.months import Month
from rules.places import AreaLevel
from rules.roles import Role
from rules.rounds import RoundState
from rules.survey import SurveyRule
from services import plans
from services.rounds.opening import open_round


def to_start(actor: Actor) -> Month | None:
    """The current month while the reader's township has no running or finished round of it."""
    if actor.role is not Role.CLERK:
        return None
    month = Month.of(local_day(now()))
    begun = select(Round.id).where(Round.month == str(month), Round.state != RoundState.PLANNED)
    return month if db.session.scalar(begun.limit(1)) is None else None


@rounds.post("/open")
@only(Role.CLERK)
def start() -> Response:
    month, township = Month.of(local_day(now())), _township(g.actor)
    db.session.rollback()
    with working(db.engine, g.actor) as session:
        try:
            row = _open(session, township, month)
            session.commit()
        except RuleBroken as refusal:
            flash(str(refusal), "error")
            return redirect(url_for(".index"), 303)
        flash(_said(row), "success")
        return redirect(url_for(".show", number=row.id), 303)


def _said(row: Round) -> str:
    if row.state is RoundState.OPENING:
        return gettext("企业较多（%(n)s家），正在后台开启，开好会发消息。名单以点开启时为准。", n=row.frame_size)
    return gettext("%(round)s已开启，应评%(n)s家。", round=row.title, n=row.frame_size)


def _township(actor: Actor) -> int | None:
    own = select(Area.id).where(Area.path == actor.area_path, Area.level == AreaLevel.TOWNSHIP)
    return db.session.scalar(own)


def _open(session: Session, township: int | None, month: Month) -> Round:
    found = plans.book(session).rules_of(SurveyRule, month.last)
    area = session.get(Area, township) if township else None
    if not found or area is None:
        raise RuleBroken("rule-missing", gettext("没有生效的测评规则，或您的账号没有挂在乡镇上，请联系系统管理员。"))
    return open_round(session, area, found[0], month, by=g.actor, now=now())
