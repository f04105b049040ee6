"""One address for everybody; a cadre sees his orders, enterprises and published ratings, a leader three things."""

from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Assignment, Client, Order, Sanction, db
from models.access.fields import shown
from models.access.session import working
from portal.edge.clock import now
from portal.frame.acting import only
from portal.frame.menu import HELD, OFFICE
from rules.calendar import WorkCalendar
from rules.clients import ClientKind
from rules.disclosure import Shown
from rules.localtime import local, local_day
from rules.months import Month
from rules.orders import OrderState
from rules.roles import Role
from rules.sanctions import SanctionState
from rules.text import _
from services import plans
from services.board import board, urgent
from services.rounds.disclosing import disclosed

today = Blueprint("today", __name__, url_prefix="/today")
GREETINGS = ((5, _("夜深了")), (9, _("早上好")), (12, _("上午好")), (14, _("中午好")), (18, _("下午好")), (24, _("晚上好")))
ADVICE = 6
KINDS = {
    ClientKind.ENTERPRISE: (_("企业"), _("{n} 家")),
    ClientKind.HOUSEHOLD: (_("联系户"), _("{n} 户")),
    ClientKind.VENUE: (_("场所"), _("{n} 处")),
}


@today.get("/")
@only(*HELD, *OFFICE)
def index() -> Response | str:
    if g.actor.role is Role.CLERK:
        return redirect(url_for("admin.index"))
    if g.actor.role in OFFICE:
        return render_template(
            "portal/today/leader.html", greeting=greeting(), board=board(db.session, g.actor, now()), mine=mine()
        )
    return render_template("portal/today/cadre.html", greeting=greeting(), left=workdays_left(), mine=mine())


@dataclass(frozen=True)
class Covered:
    """One enterprise, household or venue of mine; the phone in full, as its cadre needs it daily."""

    id: int
    kind: ClientKind
    name: str
    village: str
    contact: str
    phone: str


@dataclass(frozen=True)
class Mine:
    """What concerns the person himself: nothing here changes with an answer before its round is frozen."""

    orders: list[Order]
    covered: list[Covered]
    batches: tuple[Shown, ...]
    advice: list[Order]
    told: list[Sanction]

    @property
    def groups(self) -> list[tuple[str, str, list[Covered]]]:
        """(heading, how many, who) of each kind that there is one of; enterprises first."""
        every = [(kind, [one for one in self.covered if one.kind is kind]) for kind in KINDS]
        return [(gettext(KINDS[kind][0]), gettext(KINDS[kind][1]).format(n=len(those)), those) for kind, those in every if those]

    @property
    def counted(self) -> str:
        """企业 7 家、联系户 12 户."""
        return "、".join(f"{heading} {many}" for heading, many, _those in self.groups)


def mine() -> Mine:
    """The reader's own orders, enterprises, published batches and what leaders asked him to improve."""
    number = g.actor.cadre_id
    if number is None:
        return Mine([], [], (), [], [])
    with working(db.engine, g.actor) as session:
        batches = disclosed(session, number)
    return Mine(urgent(db.session, g.actor), covered(number), tuple(reversed(batches)), advice(number), told(number))


def covered(number: int) -> list[Covered]:
    held = (
        select(Client)
        .join(Assignment, Assignment.client_id == Client.id)
        .where(Assignment.cadre_id == number, Assignment.until.is_(None), Assignment.since <= local_day(now()))
        .options(joinedload(Client.area))
        .order_by(Client.area_id, Client.name)
    )
    phone = Client.__table__.c.phone
    return [
        Covered(one.id, one.kind, one.name, one.area.name, one.contact, shown(g.actor.role, phone, one.phone) or "")
        for one in db.session.scalars(held).unique()
    ]


def advice(number: int) -> list[Order]:
    """Feedback of issued orders, newest first."""
    issued = select(Order).where(
        Order.cadre_id == number, Order.issued_at.is_not(None), Order.state != OrderState.VOIDED
    )
    return list(db.session.scalars(issued.order_by(Order.issued_at.desc()).limit(ADVICE)))


def told(number: int) -> list[Sanction]:
    """Decisions the person was told of and has not answered."""
    open_ = select(Sanction).where(Sanction.cadre_id == number, Sanction.state == SanctionState.NOTIFIED)
    return list(db.session.scalars(open_.order_by(Sanction.review_until)))


def greeting() -> str:
    hour = local(now()).hour
    return next(text for until, text in GREETINGS if hour < until)


def workdays_left() -> int:
    """Working days of this month that are still to come, today included."""
    calendar: WorkCalendar = plans.calendar(db.session)
    day = local_day(now())
    return calendar.workdays_between(day, Month.of(day).last) + calendar.is_workday(day)
