"""督办台：今天没有动过的、本周要调度的、本月汇报。"""

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from models import Order, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.menu import OFFICE
from portal.orders.blueprint import orders
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.months import Month
from services.followup import tracking
from services.followup.urging import urge
from services.verbs import may

EARLIEST = Month(2000, 1)


@orders.get("/board")
@only(*OFFICE)
def board() -> str:
    """Today, this week, and the month asked for; an odd month is this one."""
    day = local_day(now())
    month = _month(request.args.get("month", ""), day)
    return render_template(
        "portal/orders/board.html", day=day, month=month, this=Month.of(day), untouched=tracking.untouched(db.session, day),
        dispatch=tracking.to_dispatch(db.session, day), people=tracking.of_month(db.session, month, day),
        can_urge=may(g.actor, "order.urge"),
    )  # fmt: skip


@orders.post("/board/urge")
@only(*OFFICE)
def urge_ticked() -> Response:
    """Press for each one that was ticked; those that can't be are said one by one and stop nothing."""
    ticked = request.form.getlist("order", whole)[: tracking.MOST]
    done = sum(carry_out(urge, seen(Order, number)) for number in dict.fromkeys(ticked))
    if done:
        flash(gettext("已催办 %(n)s 件。", n=done), "success")
    elif not ticked:
        flash(gettext("请先勾选要催办的督办单。"), "error")
    return redirect(url_for(".board"))


def _month(text: str, day: date) -> Month:
    try:
        asked = Month.parse(text)
    except RuleBroken:
        return Month.of(day)
    return asked if EARLIEST.index <= asked.index <= Month.of(day).index else Month.of(day)
