"""督办台：今天没有动过的、本周要调度的、本月汇报。"""

from datetime import date

from flask import render_template, request

from models import db
from portal.edge.clock import now
from portal.frame.acting import only
from portal.frame.menu import OFFICE
from portal.orders.blueprint import orders
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.months import Month
from services.followup import tracking

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
    )  # fmt: skip


def _month(text: str, day: date) -> Month:
    try:
        asked = Month.parse(text)
    except RuleBroken:
        return Month.of(day)
    return asked if EARLIEST.index <= asked.index <= Month.of(day).index else Month.of(day)
