"""`/rounds/<id>/chase`: who still has to be reminded, by village, without telephone numbers."""

from flask import Blueprint, render_template

from models import db
from portal.edge.clock import now
from portal.prints.desk import by_village, person, round_seen
from rules.localtime import local
from services.rounds.printing import about_him, waiting

pages = Blueprint("chase", __name__)


@pages.get("/rounds/<int(max=2147483647):round_id>/chase")
def list_(round_id: int) -> str:
    """A list to print; who rates the reader himself is left to somebody else."""
    actor, round_ = person("invitation.tell"), round_seen(round_id)
    rows = waiting(db.session(), round_.id)
    free = [one for one in rows if not about_him(actor, one)]
    return render_template(
        "prints/chase.html", round=round_, villages=by_village(free), n=len(free), mine=len(rows) - len(free),
        by=actor.name, at=f"{local(now()):%Y-%m-%d %H:%M}",
    )  # fmt: skip
