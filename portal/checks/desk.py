"""W4: the list of a draw beside one large card; saved, compared, explained, and on to the next."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from models import Check, Client, Draw, Pick, db
from models.access.fields import shown
from models.access.session import working
from portal.checks.blueprint import INSPECTORS, checks
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, note_reading, only, seen
from rules.calls import Outcome
from rules.checks import CheckState
from rules.draws import DrawState, PickState
from rules.errors import RuleBroken
from rules.sheets import LedgerValue, Method
from services.checks import calling, opening, picks
from services.checks.picks import Line
from services.checks.sheets import Sheet

SHOWN = frozenset({DrawState.DRAWN, DrawState.CLOSED, DrawState.VOIDED})


@checks.get("/draw/<int:number>")
@only(*INSPECTORS)
def desk(number: int) -> str:
    return _page(drawn(number))


@checks.post("/draw/<int:number>")
@only(*INSPECTORS)
def call(number: int) -> Response | str | tuple[str, int]:
    """One step with one pick; what was typed stays when it is refused, and the next pick comes by itself."""
    draw, move = drawn(number), request.form.get("move", "")
    if move not in {"dial", *STEPS}:
        abort(400)
    pick = seen(Pick, request.form.get("pick", 0, whole))
    pick_id = pick.id if pick.draw_id == draw.id else abort(404)
    if move == "dial":
        return _dial(draw, pick)
    if not STEPS[move](pick):
        return _page(drawn(number), pick_id, typed=request.form), 409
    check = db.session.scalar(select(Check).where(Check.pick_id == pick_id))
    if move == "open" and check is not None:
        return redirect(url_for(".show", number=check.id), 303)
    waits = check is not None and check.state is CheckState.DRAFT
    flash(gettext("回答与台账不一致，请写明情况。") if waits else _told(seen(Pick, pick_id)), "warning" if waits else "success")
    return redirect(url_for(".desk", number=number, **({"pick": pick_id} if waits else {})), 303)


def _told(pick: Pick) -> str:
    """What became of the pick, in words."""
    words = {PickState.REPLACED: gettext("已由同层的下一户替换。"), PickState.UNREACHABLE: gettext("已记录，计为未能核查。"), PickState.WAITING: gettext("已记录，过一会儿再打。")}
    return words.get(pick.state, gettext("已保存。"))


def _note(outcome: Outcome) -> Any:
    """What was typed as a remark belongs to the attempt."""
    return lambda pick: carry_out(calling.attempt, pick, outcome, request.form.get("remark", ""))


def _answers() -> dict[str, str]:
    return {name.removeprefix("item-"): value for name, value in request.form.items() if name.startswith("item-")}


def _explain(pick: Pick) -> bool:
    check = db.session.scalar(select(Check).where(Check.pick_id == pick.id)) or abort(404)
    return carry_out(calling.explain, check, request.form.get("reason", ""))


STEPS: dict[str, Any] = {
    "answer": lambda pick: carry_out(calling.answer, pick, _answers(), request.form.get("remark", "")),
    **{one.value: _note(one) for one in Outcome if one is not Outcome.CONNECTED},
    "explain": _explain,
    "open": lambda pick: carry_out(opening.open_for, pick),
}


def drawn(number: int) -> Draw:
    """A draw that the reader may see, void ones too; before the dice there is no list, whoever asks."""
    draw = seen(Draw, number)
    return draw if draw.state in SHOWN and draw.seed else abort(404)


def _dial(draw: Draw, pick: Pick) -> str | tuple[str, int]:
    """The number in full on the same page, never in an address."""
    number, pick_id = draw.id, pick.id
    db.session.rollback()
    with working(db.engine, g.actor) as session:
        try:
            phone = calling.dial(session, session.get_one(Pick, pick_id), by=g.actor, now=now())
            session.commit()
        except RuleBroken as refusal:
            flash(str(refusal), "error")
            return _page(drawn(number), pick_id), 409
    return _page(drawn(number), pick_id, phone=phone, typed=request.form)


def _page(draw: Draw, pick: int = 0, phone: str = "", typed: Any = None) -> str:
    found = picks.lines(db.session(), draw)
    sheet = picks.sheet_for(db.session(), draw, now())
    patience = sheet.rule.params.patience
    here = picks.current(found, pick or request.args.get("pick", 0, whole), g.actor.account_id, now(), patience)
    page = render_template(
        "portal/checks/desk.html", draw=draw, lines=found, here=here, sheet=sheet, phone=phone, typed=typed or {}, mine=here is not None and here.is_for(g.actor.account_id),
        masked=_masked(here), beside=_beside(here, sheet), tag_of=tag_of, by_phone=sheet.rule.params.method is Method.PHONE, patience=patience,
        waiting=sum(one.waits for one in found), differing=sum(bool(one.check and one.check.differing) for one in found), names=_names(here),
        cadre_shown=not any(item.ledger is LedgerValue.CADRE for item in sheet.items) or (here is not None and here.check is not None),
    )  # fmt: skip
    if here is not None and here.check is not None and not here.is_for(g.actor.account_id):
        note_reading("check.read", f"draws:{draw.id}")
    return page


def _masked(here: Line | None) -> str:
    """The number with stars, as the house shows it to the reader."""
    return str(shown(g.actor.role, Client.__table__.c.phone, here.pick.client.phone) or "") if here and here.pick.client else ""


def _names(here: Line | None) -> str:
    """Whose turn it is, for readers whose it is not."""
    return "" if here is None or here.is_for(g.actor.account_id) else gettext("由抽定的检查人员办理")


def _beside(here: Line | None, sheet: Sheet) -> list[tuple[str, str, str, bool]]:
    """(question, answer, what the ledger held, whether they differ); nothing before the answer is saved."""
    if here is None or here.check is None:
        return []
    answers, ledger = here.check.answers, here.check.ledger
    rows = []
    for item in sheet.items:
        said, held = answers.get(item.code, ""), ledger.get(item.ledger.value, "")
        rows.append((item.question, sheet.said(item, said) if said else "", sheet.said(item, held) if held else "", bool(said and held and said != held)))
    return rows


def tag_of(line: Line, here: Line | None) -> tuple[str, str]:
    """(words, tone) of a pick in the list."""
    check = line.check
    if check is not None and check.state is CheckState.DRAFT:
        return gettext("待说明") if check.differing else gettext("填写中"), "warn"
    if check is not None and check.state is not CheckState.VOIDED:
        return (gettext("不一致"), "bad") if check.differing else (gettext("有问题"), "bad") if check.found else (gettext("一致"), "ok")
    if not line.waits:
        return line.pick.state.label, "warn"
    if here is not None and line.pick.id == here.pick.id and line.is_for(g.actor.account_id):
        return gettext("正在办"), "info"
    n = len(line.calls)
    return (gettext("无人接听%(n)s次", n=n), "warn") if n else (gettext("待核查"), "")
