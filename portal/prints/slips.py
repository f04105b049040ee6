"""`/rounds/<id>/slips`: choose, print, and say later which slips have been handed over."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from models import Invitation, Round, db
from portal.edge.clock import now
from portal.frame.acting import look
from portal.owner.faces import faces
from portal.prints.desk import by_village, code_of, office, person, picked, round_seen
from rules.channels import Channel
from rules.errors import RuleBroken
from rules.invitations import FLOW
from services.rounds.printing import about_him, for_others, print_slips, waiting
from services.rounds.survey import survey_of
from services.rounds.telling import tell

PAPER = frozenset({None, Channel.SLIP, Channel.PAPER})
pages = Blueprint("slips", __name__)


@pages.get("/rounds/<int(max=2147483647):round_id>/slips")
def choose(round_id: int) -> str:
    """Who has not answered; ticked are those just printed (`?row=`), else those whom no message reaches. No code stands on this page."""
    actor, round_ = person("slips.print"), round_seen(round_id)
    free = waiting(db.session(), round_.id)  # the person's session leaves out what is about himself
    left = look(for_others, round_, actor.cadre_id)
    return render_template(
        "prints/slips.html", round=round_, villages=by_village(free), left=left, n=len(free),
        ticked=set(request.args.getlist("row", type=int)) or {one.id for one in free if one.channel in PAPER},
    )  # fmt: skip


@pages.post("/rounds/<int(max=2147483647):round_id>/slips")
def print_(round_id: int) -> Any:
    """Record the print, then show the sheets; they can't be opened again without another print."""
    actor, ids = person("slips.print"), _seen(round_id)
    try:
        with office(actor) as session:
            round_ = session.get_one(Round, round_id)
            rows = print_slips(session, round_, ids, by=actor, now=now())
            survey, scale = survey_of(session, round_)
            slips = [(one, *code_of(one, "q")) for one in rows]
            session.commit()
            return render_template(
                "prints/slip_sheets.html", round=round_, slips=slips, printed=sorted(ids), survey=survey.params, faces=list(faces(scale))
            )
    except RuleBroken as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("slips.choose", round_id=round_id))


@pages.post("/rounds/<int(max=2147483647):round_id>/slips/told")
def told(round_id: int) -> Any:
    """Mark the ticked slips as handed over."""
    actor, ids = person("invitation.tell"), _seen(round_id)
    try:
        with office(actor) as session:
            rows = [session.get_one(Invitation, one) for one in sorted(ids)]
            rows = [one for one in rows if _deliverable(one) and not about_him(actor, one)]
            for one in rows:
                tell(session, one, "invite", by=actor, now=now(), note="纸质评价单")
            session.commit()
        flash(f"已标记送达 {len(rows)} 份。" if rows else "没有需要标记的：请先打勾；已标记过的不用再标。", "success")
    except RuleBroken as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("slips.choose", round_id=round_id))


def _deliverable(invitation: Invitation) -> bool:
    return any(move.name == "invite" for move in FLOW.allowed(invitation.state))


def _seen(round_id: int) -> set[int]:
    """The ticked rows of this round that the person sees."""
    wanted = picked()
    return {one.id for one in waiting(db.session(), round_seen(round_id).id) if one.id in wanted}
