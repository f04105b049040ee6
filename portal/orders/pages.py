"""The list with its quick chips, one order, and the buttons that its state and the reader allow."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Cadre, Extension, Order, Share, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.buttons import typed_words, unsaved
from portal.frame.menu import OFFICE
from portal.frame.showing import Pager
from portal.orders.blueprint import PEOPLE, orders
from portal.orders.steps import BUTTONS, VERBS, is_own, offered, shares_it
from rules.localtime import local_day
from rules.orders import ASIDE, WITH_CADRE, OrderState
from rules.text import _
from services.followup.laddering import level_of
from services.followup.sharing import names_of, share, shares_of
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
    return render_template("portal/orders/index.html", orders=rows, pager=pager, chips=[every_one, *of_chips], chip=chip, board=g.actor.role in OFFICE, names=names_of(db.session, (one.cadre_id for one in rows if one.cadre is None)))


def _page(asked: ColumnElement[bool] | None, pager: Pager) -> Select[tuple[Order]]:
    """The newest first; where there are too many to sort, along the key."""
    found = select(Order).options(joinedload(Order.cadre)).order_by(Order.id.desc())
    if asked is not None:
        found = found.where(unserved(asked) if pager.capped else asked)
    return found.limit(pager.size).offset(pager.offset).execution_options(walk=pager.capped)


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
    asked = db.session.scalars(select(Extension).where(Extension.order_id == order.id).order_by(Extension.id)).all()
    shares = shares_of(db.session, order)
    return render_template(
        "portal/orders/show.html", order=order, buttons=offered(order, shares), own=is_own(order), shares=shares, helpers=_helpers(order, shares), typed=request.form, words=unsaved(BUTTONS),
        line=line(order, asked), asked=[one for one in asked if one.agreed is None], level=level_of(db.session, order, now()),
        names=names_of(db.session, (order.cadre_id, *(one.cadre_id for one in shares))), my_part=next((one.did for one in shares if one.cadre_id == g.actor.cadre_id), ""),
    )  # fmt: skip


def _helpers(order: Order, shares: Sequence[Share]) -> Sequence[Cadre]:
    """Who may still be named beside the lead by this reader; nobody where the state or his part forbids it."""
    if not may(g.actor, "order.share") or order.state not in ASIDE["share"][1] or is_own(order) or shares_it(order, shares):
        return ()
    named = {order.cadre_id, *(one.cadre_id for one in shares)}
    serving = select(Cadre).where(Cadre.until.is_(None), Cadre.id.not_in(named)).order_by(Cadre.pinyin).options(joinedload(Cadre.unit))
    return db.session.scalars(serving).all()


@orders.post("/<int:number>/share")
@only(*OFFICE)
def add_share(number: int) -> Response | tuple[str, int]:
    """One more who answers for it."""
    if carry_out(share, seen(Order, number), request.form.get("cadre", 0, whole)):
        return redirect(url_for(".show", number=number))
    return page(seen(Order, number)), 409


def line(order: Order, asked: Sequence[Extension]) -> list[tuple[Any, str, str]]:
    """What happened when, oldest first: (instant, what, words)."""
    told = [
        (order.issued_at, gettext("%(who)s签发", who=order.issued_by), ""),
        (order.received_at, gettext("责任人签收"), ""),
        (order.urged_at, gettext("第%(n)s次催办", n=order.urged), ""),
        (order.replied_at, gettext("责任人答复"), order.reply),
        (order.ended_at, order.state.label, order.remark),
    ]
    for one in asked:
        told.append((one.asked_at, gettext("责任人申请延长%(n)s（原期限%(day)s）", n=one.amount, day=one.due_before), one.reason))
        answer = gettext("%(who)s同意延期到%(day)s", who=one.decided_by, day=one.due_after) if one.agreed else gettext("%(who)s不同意延期", who=one.decided_by)
        told.append((one.decided_at, answer, one.remark))
    happened = [(moment, what, words) for moment, what, words in told if moment is not None]
    return sorted(happened, key=lambda one: one[0])
