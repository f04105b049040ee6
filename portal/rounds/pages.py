"""The rounds, and one round: how many answered, who is still silent. Whether, never what."""

from flask import g, render_template
from flask_babel import gettext
from sqlalchemy import select

from models import Round, db
from portal.frame.acting import look, only, seen
from portal.rounds.blueprint import OFFICERS, rounds
from portal.rounds.listing import CHIPS, listing
from portal.rounds.starting import to_start
from rules.months import Month
from rules.survey import Window, window
from services import plans
from services.rounds.going_on import KINDS, has_stalled
from services.rounds.progress import about, progress
from services.rounds.survey import survey_of

SHOWN = 36


@rounds.get("/")
@only(*OFFICERS)
def index() -> str:
    """The last three years, newest first."""
    found = db.session.scalars(select(Round).order_by(Round.month.desc(), Round.id.desc()).limit(SHOWN)).all()
    return render_template("portal/rounds/index.html", rounds=found, month=to_start(g.actor))


@rounds.get("/<int:number>")
@only(*OFFICERS)
def show(number: int) -> str:
    round_ = seen(Round, number)
    done = progress(db.session, round_)
    counts = [(key, gettext(label), sum(done.by_state[one] for one in of)) for key, (label, of) in CHIPS.items()]
    return render_template(
        "portal/rounds/show.html", round=round_, progress=done, chip_counts=counts,
        listing=listing(round_, done.by_state), times=times(round_), own=look(about, round_, g.actor.cadre_id), has_stalled=round_.state in KINDS and look(has_stalled, round_),
    )  # fmt: skip


def times(round_: Round) -> Window:
    """The days the plan names for this round."""
    survey, _scale = survey_of(db.session, round_)
    return window(survey.params, Month.parse(round_.month), plans.calendar(db.session))
