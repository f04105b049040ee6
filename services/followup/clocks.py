"""Until when an order is to be answered: the clock its rule or its draft names, or the day that was given by hand."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from models import Order
from rules.clock import ClockRule, Unit, check_extension, due
from rules.consequence import ConsequenceRule
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.order_source import check_due
from rules.plan import Rule
from rules.sheets import SheetRule
from rules.text import _
from services import plans

MOST_BY_HAND = 60
BY_HAND = ClockRule(Unit.WORKING_DAYS, 1, extension=MOST_BY_HAND)  # a day given by hand may be put off by so many working days in all


def order_clocks(session: Session, day: date) -> list[Rule[ClockRule]]:
    """The clocks that the plans in force give orders, each once."""
    book = plans.book(session)
    named = (one.reply for rule in book.rules_of(ConsequenceRule, day) for one in rule.params.outcomes if one.reply and one.kind == "order")
    return [book.rule(code, day, ClockRule) for code in dict.fromkeys(named)]


def clock_for(session: Session, sheet: SheetRule, now: datetime) -> str:
    """The clock of orders drafted from a sheet: its own, else the first that the plans give orders; empty without any."""
    return sheet.reply or next((one.id for one in order_clocks(session, local_day(now))), "")


def set_due(session: Session, order: Order, now: datetime) -> None:
    """Starts the clock; raises RuleBroken("rule-missing"), or ("due-odd") where the day given has passed meanwhile."""
    rule = _clock(session, order, now)
    if rule is None:
        check_due(order.due_on, local_day(now))
        order.due_steps = [_("签发人指定")]
        return
    deadline = due(rule.params, now, plans.calendar(session))
    order.due_on, order.due_steps = deadline.due_on, [str(step) for step in deadline.steps]


def check_more(session: Session, order: Order, amount: int, now: datetime) -> None:
    """Raises RuleBroken("extension-too-long") for more than is allowed in all."""
    rule = _clock(session, order, order.issued_at or now)
    check_extension(rule.params if rule else BY_HAND, order.extended + amount)


def put_off(session: Session, order: Order, amount: int, now: datetime) -> None:
    """The deadline reckoned anew, `amount` units later than it was; the first one is kept. Raises as `check_more`."""
    check_more(session, order, amount, now)
    issued, days = order.issued_at or now, plans.calendar(session)
    rule = _clock(session, order, issued)
    order.first_due_on, order.extended = order.first_due_on or order.due_on, order.extended + amount
    if rule is None:
        order.due_on = days.add_workdays(order.due_on or local_day(now), amount)
        order.due_steps = [*order.due_steps, _("延长{n}个工作日").format(n=amount)]
        return
    deadline = due(rule.params, issued, days, order.extended)
    order.due_on, order.due_steps = deadline.due_on, [str(step) for step in deadline.steps]


def _clock(session: Session, order: Order, on: datetime) -> Rule[ClockRule] | None:
    """None: the day was given by hand."""
    book, day = plans.book(session), local_day(on)
    if order.clock:
        return book.rule(order.clock, day, ClockRule)
    if order.rule is not None:
        for rule in book.versions(order.rule.code):
            named = next((one.reply for one in rule.params.outcomes if one.reply and one.kind == "order"), "") if isinstance(rule.params, ConsequenceRule) else ""
            if named:
                return book.rule(named, day, ClockRule)
    if order.due_on is not None and order.rule is None:
        return None
    for usual in order_clocks(session, day):  # drafted before clocks were kept
        return usual
    raise RuleBroken("rule-missing", _("没有找到督办答复期限的规则，请检查方案文件。"))
