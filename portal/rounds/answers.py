"""答卷: for the inspector and the leader in charge, opened with a reason each time; no export."""

from flask import Response, current_app, flash, g, render_template, request
from flask_babel import gettext

from models import Round, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.rounds.blueprint import rounds
from rules.errors import RuleBroken
from rules.roles import Role
from services.rounds import voiding
from services.rounds.papers import read_paper
from services.rounds.reading import read

IN_CHARGE = (Role.LEADER, Role.DISCIPLINE)


@rounds.get("/<int:number>/answers")
@only(*IN_CHARGE)
def ask(number: int) -> str:
    """Only the question why."""
    return render_template("portal/rounds/answers.html", round=seen(Round, number), answers=None, reason="")


@rounds.post("/<int:number>/answers")
@only(*IN_CHARGE)
def opened(number: int) -> str | tuple[str, int]:
    """The answers, once the reading is on record."""
    round_, reason = seen(Round, number), request.form.get("reason", "")
    try:
        found = read(db.session, round_, reason, by=g.actor, now=now())
        db.session.commit()
    except RuleBroken as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return render_template("portal/rounds/answers.html", round=seen(Round, number), answers=None, reason=reason), 409
    return render_template("portal/rounds/answers.html", round=seen(Round, number), answers=found, reason=reason)


@rounds.post("/<int:number>/answers/void")
@only(Role.DISCIPLINE)
def void(number: int) -> str | tuple[str, int]:
    """判定无效: one answer; then the list again, which is another reading on record."""
    round_, which = seen(Round, number), request.form.get("ballot", 0, type=whole)
    if carry_out(voiding.void, round_, which, request.form.get("why", "")):
        flash(gettext("已判定无效。归档以后的，请经办人出更正版。"), "success")
    return opened(number)


@rounds.post("/<int:number>/answers/original")
@only(*IN_CHARGE)
def original(number: int) -> Response | tuple[str, int]:
    """The photo of one paper answer, once the look is on record."""
    round_, folder = seen(Round, number), current_app.config["LIANXIN"].files
    which, reason = request.form.get("ballot", 0, type=whole), request.form.get("reason", "")
    try:
        picture = read_paper(db.session(), round_, which, reason, folder, by=g.actor, now=now())
        db.session.commit()
    except RuleBroken as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return render_template("portal/rounds/answers.html", round=seen(Round, number), answers=None, reason=reason), 409
    return Response(picture, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})
