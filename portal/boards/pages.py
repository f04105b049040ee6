"""One entry, and its steps."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from models import BoardEntry, Publication, db
from portal.boards.blueprint import PEOPLE, boards
from portal.boards.steps import ASK_WITH_CONSENT, BUTTONS, VERBS, in_days, is_own, offered
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, note_reading, only, seen
from portal.frame.buttons import Button, typed_words, unsaved
from rules.board_rule import PERSONS
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.publications import OPEN
from services.boards.standing import rule_of


@boards.get("/<int:number>")
@only(*PEOPLE)
def show(number: int) -> str:
    row = seen(BoardEntry, number)
    own, page = is_own(row), _page(row)
    if not own:
        note_reading("board.read", f"board_entries:{number}")
    return page


@boards.post("/<int:number>")
@only(*PEOPLE)
def act(number: int) -> Response | tuple[str, int]:
    """One step; what was typed stays when it is refused."""
    row, move = seen(BoardEntry, number), request.form.get("move", "")
    if move not in BUTTONS:
        abort(400)
    words = typed_words(ASK_WITH_CONSENT if move == "ask" else BUTTONS[move])
    if carry_out(VERBS[move], row, *words, as_seen=request.form.get("seen", 0, whole)):
        flash(gettext("已办理：%(move)s。", move=gettext(BUTTONS[move].label)), "success")
        return redirect(url_for(".show", number=number), 303)
    return _page(seen(BoardEntry, number)), 409


def _page(row: BoardEntry) -> str:
    texts = db.session.scalars(select(Publication).where(Publication.entry_id == row.id).order_by(Publication.id.desc())).all()
    asked = next((one for one in texts if one.state in OPEN), None)
    rule = _rule(row)
    buttons: list[Button] = offered(row, asked, bool(rule and rule.public and rule.stands in PERSONS))
    return render_template(
        "portal/boards/show.html", entry=row, own=is_own(row), texts=texts, asked=asked, rule=rule, buttons=buttons, typed=request.form,
        words=unsaved({**BUTTONS, "ask": ASK_WITH_CONSENT}), waiting=in_days(row), line=line(row), late=row.answer_until is not None and row.answer_until < local_day(now()),
    )  # fmt: skip


def _rule(row: BoardEntry) -> Any:
    """What the plan says of it; None where the plan no longer holds that version."""
    try:
        return rule_of(db.session(), row).params
    except RuleBroken:
        return None


def line(row: BoardEntry) -> list[tuple[Any, str, str]]:
    """What happened when, oldest first: (instant, what, words)."""
    told = (
        (row.proposed_at, gettext("%(who)s提出建议", who=row.proposed_by), ""),
        (row.decided_at, gettext("%(who)s作出决定", who=row.decided_by), row.reason),
        (row.told_at, gettext("告知当事人"), row.told_how),
        (row.objected_at, gettext("%(who)s提出异议", who=row.objected_by), row.objection),
        (row.answered_at, gettext("%(who)s答复异议", who=row.answered_by), row.answer),
        (row.ended_at, row.state.label, row.ended_why),
    )
    return [(moment, what, words) for moment, what, words in told if moment is not None]
