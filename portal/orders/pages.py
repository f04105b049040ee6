"""The list with its quick chips, one order, and the buttons that its state and the reader allow."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Order, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.buttons import Button, typed_words, unsaved
from portal.frame.menu import OFFICE
from portal.frame.showing import Pager
from portal.orders.blueprint import PEOPLE, orders
from rules.localtime import local_day
from rules.orders import FLOW, WITH_CADRE, OrderState
from rules.text import _
from services.followup import orders as verbs
from services.lists.bounded import MOST, counts, shown
from services.lists.keyset import unserved
from services.verbs import may

S = OrderState
DONE = frozenset({S.CANCELLED, S.VOIDED})


def chips() -> dict[str, tuple[str, ColumnElement[bool]]]:
    """Quick filters; late is what waits for the person after its day."""
    late = Order.state.in_(WITH_CADRE) & (Order.due_on < local_day(now()))
    return {
        "draft": (_("待签发"), Order.state == S.DRAFT),
        "running": (_("在办"), Order.state.in_(WITH_CADRE)),
        "late": (_("超期"), late),
        "replied": (_("已答复"), Order.state.in_([S.REPLIED, S.VERIFIED])),
        "done": (_("已销号"), Order.state.in_(DONE)),
    }


@orders.get("/")
@only(*PEOPLE)
def index() -> str:
    """What is in the reader's scope: all of the township, or his own; three statements."""
    known, chip = chips(), request.args.get("chip", "")
    if g.actor.role not in OFFICE:
        known.pop("draft")
    asked = known[chip][1] if chip in known else None
    here, every, *each = counts(db.session, Order, asked, None, *(rule for _label, rule in known.values()))
    pager = Pager(here, most=MOST)
    rows = db.session.scalars(_page(asked, pager)).all()
    of_chips = [(key, gettext(label), shown(n)) for (key, (label, _rule)), n in zip(known.items(), each, strict=True)]
    every_one = ("", gettext("全部"), shown(every))
    return render_template("portal/orders/index.html", orders=rows, pager=pager, chips=[every_one, *of_chips], chip=chip, board=g.actor.role in OFFICE)


def _page(asked: ColumnElement[bool] | None, pager: Pager) -> Select[tuple[Order]]:
    """The newest first; where there are too many to sort, along the key."""
    found = select(Order).options(joinedload(Order.cadre)).order_by(Order.id.desc())
    if asked is not None:
        found = found.where(unserved(asked) if pager.capped else asked)
    return found.limit(pager.size).offset(pager.offset).execution_options(walk=pager.capped)


BUTTONS = {
    "issue": Button("issue", _("签发"), (("feedback", _("反馈意见"), _("写给干部看的改进意见，不写是哪家企业评的")), ("request", _("督办要求"), _("要做什么、做到什么程度"))), "primary"),
    "receive": Button("receive", _("签收"), tone="primary"),
    "reply": Button("reply", _("答复"), (("text", _("办理情况"), _("采取了哪些措施、结果怎样，不少于10个字")),), "primary"),
    "verify": Button("verify", _("核实通过"), (("remark", _("核实意见"), _("怎样核实的，结果怎样")),), "primary"),
    "send_back": Button("send_back", _("退回重办"), (("remark", _("退回理由"), _("哪里不够，还要做什么")),)),
    "cancel": Button("cancel", _("销号"), tone="primary"),
    "void": Button("void", _("作废"), (("remark", _("作废理由"), _("为什么作废")),), question=_("作废后不能恢复，确定吗？")),
}  # fmt: skip
VERBS: dict[str, Any] = {
    "issue": verbs.issue, "receive": verbs.receive, "reply": verbs.reply, "verify": verbs.verify,
    "send_back": verbs.send_back, "cancel": verbs.cancel, "void": verbs.void,
}  # fmt: skip
OF_PERSON = frozenset({"receive", "reply"})


def offered(order: Order) -> list[Button]:
    """Steps that the order's state, the reader's role and his part in it allow."""
    own = g.actor.cadre_id is not None and g.actor.cadre_id == order.cadre_id
    allowed = [move.name for move in FLOW.allowed(order.state) if may(g.actor, f"order.{move.name}")]
    return [BUTTONS[name] for name in BUTTONS if name in allowed and (name in OF_PERSON) == own]


@orders.get("/<int:number>")
@only(*PEOPLE)
def show(number: int) -> str:
    return page(seen(Order, number))


@orders.post("/<int:number>")
@only(*PEOPLE)
def act(number: int) -> Response | tuple[str, int]:
    """One step; what was typed stays when it is refused."""
    order, move = seen(Order, number), request.form.get("move", "")
    if move not in VERBS:
        abort(400)
    if carry_out(VERBS[move], order, *typed_words(BUTTONS[move]), as_seen=request.form.get("seen", 0, whole)):
        flash(gettext("已办理：%(move)s。", move=gettext(BUTTONS[move].label)), "success")
        return redirect(url_for(".show", number=number))
    return page(seen(Order, number)), 409


def page(order: Order) -> str:
    own = g.actor.cadre_id is not None and g.actor.cadre_id == order.cadre_id
    return render_template("portal/orders/show.html", order=order, buttons=offered(order), own=own, typed=request.form, words=unsaved(BUTTONS), line=line(order))


def line(order: Order) -> list[tuple[Any, str, str]]:
    """What happened when, oldest first: (instant, what, words)."""
    told = (
        (order.issued_at, gettext("%(who)s签发", who=order.issued_by), ""),
        (order.received_at, gettext("责任人签收"), ""),
        (order.replied_at, gettext("责任人答复"), order.reply),
        (order.ended_at, order.state.label, order.remark),
    )
    return [(moment, what, words) for moment, what, words in told if moment is not None]
