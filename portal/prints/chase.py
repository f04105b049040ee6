"""`/rounds/<id>/chase`: who still has to be reminded, by village, without telephone numbers."""

from flask import Blueprint, render_template

from models import db
from portal.edge.clock import now
from portal.frame.acting import look
from portal.prints.desk import by_village, person, round_seen
from rules.localtime import local
from services.rounds.printing import for_others, waiting

pages = Blueprint("chase", __name__)


@pages.get("/rounds/<int(max=2147483647):round_id>/chase")
def list_(round_id: int) -> str:
    """A list to print; who rates the reader himself is left to somebody else."""
    actor, round_ = person("invitation.tell"), round_seen(round_id)
    free = waiting(db.session(), round_.id)  # the person's session leaves out what is about himself
    left = look(for_others, round_, actor.cadre_id)
    return render_template(
        "prints/chase.html", round=round_, villages=by_village(free), n=len(free), mine=left,
        by=actor.name, at=f"{local(now()):%Y-%m-%d %H:%M}",
    )  # fmt: skip
