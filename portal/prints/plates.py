"""`/plates`: choose enterprises, print their wall plates."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from models import Area, Client, db
from models.access.actor import Actor
from portal.edge.clock import now
from portal.prints.desk import by_village, code_of, office, person, picked
from rules.errors import RuleBroken
from rules.places import AreaLevel
from services.rounds.printing import platable, plates_in_force, print_plates, rating

SIZES = {"a5": "A5（一张 A4 纸两块）", "a4": "A4（一张纸一块）"}
pages = Blueprint("plates", __name__)


@pages.get("/plates")
def choose() -> str:
    """The enterprises of one village or of all; ticked are those without a plate, and those just given a new one (`?row=`). No code stands here."""
    actor, session = person("plates.print"), db.session()
    village = _village(request.args.get("area", ""))
    barred, clients = rating(session, actor), platable(session, village)
    free = [one for one in clients if one.id not in barred]
    return render_template(
        "prints/plates.html", villages=by_village(free), mine_rows=[one for one in clients if one.id in barred], n=len(free),
        having=plates_in_force(session) - set(request.args.getlist("row", type=int)), areas=_villages(actor), area=village, sizes=SIZES,
    )  # fmt: skip


@pages.post("/plates")
def print_() -> Any:
    """Issue what is missing, record the print, show the sheets."""
    actor, wanted = person("plates.print"), picked()
    ids = [one.id for one in platable(db.session(), None) if one.id in wanted]
    size = request.form.get("size", "a5")
    try:
        with office(actor) as session:
            rows = print_plates(session, [session.get_one(Client, one) for one in ids], by=actor, now=now())
            plates = [(one, *code_of(one, "h")) for one in rows]
            session.commit()
            return render_template("prints/plate_sheets.html", plates=plates, size=size if size in SIZES else "a5")
    except RuleBroken as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("plates.choose"))


def _villages(actor: Actor) -> list[Area]:
    below = Area.path.startswith(actor.area_path, autoescape=True)
    return list(db.session.scalars(select(Area).where(Area.level == AreaLevel.VILLAGE, below).order_by(Area.path)))


def _village(text: str) -> Area | None:
    if not text:
        return None
    found = db.session.get(Area, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None
    return found or abort(404)
