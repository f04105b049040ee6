"""`/doubles`: what looks alike, best first; merge, say that it isn't the same, undo."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from models import Double, db
from models.access.session import working
from portal.doubles.compare import Side, held, sides, table
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.showing import Pager
from rules.doubles import DoubleState
from rules.localtime import local
from rules.roles import Role
from rules.text import _
from services.jobs import enqueue
from services.registry import merging

doubles = Blueprint("doubles", __name__, url_prefix="/doubles")
STATES = {state.value: state for state in DoubleState}


@doubles.get("/")
@only(Role.CLERK)
def index() -> str:
    """Five statements whatever the number: the chips, one page of pairs, and the rows of each kind."""
    chip = request.args.get("chip", DoubleState.OPEN.value)
    state = STATES.get(chip, DoubleState.OPEN)
    columns = [func.count(Double.id).filter(Double.state == one) for one in DoubleState]
    counts = dict(zip(STATES, db.session.execute(select(*columns).select_from(Double)).one(), strict=True))
    pager = Pager(counts[state.value])
    found = select(Double).where(Double.state == state).order_by(Double.score.desc(), Double.id)
    pairs = db.session.scalars(found.limit(pager.size).offset(pager.offset)).all()
    chips = [(code, gettext(one.label), counts[code]) for code, one in STATES.items()]
    return render_template("portal/doubles/index.html", pairs=pairs, sides=sides(pairs), pager=pager, chips=chips, chip=state.value)


@doubles.post("/look")
@only(Role.CLERK)
def look() -> Response:
    """Ask for a new search now; asked again within the minute it is the same one."""
    db.session.rollback()
    with working(db.engine, g.actor) as session:
        key = f"doubles:{local(now()):%Y%m%d%H%M}"
        enqueue(session, "doubles", key, {}, title=_("查找重复"), run_at=now(), account_id=g.actor.account_id)
        session.commit()
    flash(_("正在查找，一两分钟后刷新本页看结果。"), "success")
    return redirect(url_for(".index"), 303)


@doubles.get("/<int:number>")
@only(Role.CLERK)
def show(number: int) -> str:
    return page(seen(Double, number))


def page(double: Double) -> str:
    both: list[Side] = sides([double])[double.id]
    return render_template(
        "portal/doubles/show.html", double=double, both=both, table=table(both), held=held(double),
        typed=request.form, suggested=_suggested(double),
    )  # fmt: skip


def _suggested(double: Double) -> int:
    """The one that more hangs on; the older one where both weigh the same."""
    weights = [sum(pair) for pair in zip(*[numbers for _label, numbers in held(double)], strict=True)] or [0, 0]
    return double.second_id if weights[1] > weights[0] else double.first_id


@doubles.post("/<int:number>")
@only(Role.CLERK)
def settle(number: int) -> Response | tuple[str, int]:
    """Decide and go on to the next pair; a refusal keeps what was typed."""
    double, remark = seen(Double, number), request.form.get("remark", "")[:200]
    if not _settled(double, request.form.get("act", ""), remark):
        return page(seen(Double, number)), 409
    following = select(Double.id).where(Double.state == DoubleState.OPEN, Double.id != number)
    onward = db.session.scalar(following.order_by(Double.score.desc(), Double.id).limit(1))
    return redirect(url_for(".show", number=onward) if onward and request.form.get("act") != "undo" else url_for(".index"), 303)


def _settled(double: Double, act: str, remark: str) -> bool:
    done: dict[str, tuple[Any, str]] = {
        "differ": (lambda s, row, **more: merging.differ(s, row, remark, **more), _("已记下：不是同一家，以后不再提示。")),
        "merge": (lambda s, row, **more: merging.merge(s, row, _keep(), remark, **more), _("已合并，原名仍能查到。合错了可以在“已合并”里撤销。")),
        "undo": (merging.undo, _("已撤销合并，两条档案恢复原样。")),
    }  # fmt: skip
    if act not in done:
        flash(_("请选择怎样定夺。"), "error")
        return False
    verb, said = done[act]
    if not carry_out(verb, double):
        return False
    flash(said, "success")
    return True


def _keep() -> int:
    return request.form.get("keep", 0, whole)
