"""`/plates/issued`: every plate that was given out, in force or void; a lost one is void with a reason, or replaced."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Client, Plate, db
from portal.frame.acting import carry_out, only, seen
from portal.frame.showing import Pager
from rules.roles import Role
from rules.text import _
from services.own_matters import raters
from services.tokens import reissue_plate, revoke_plate

pages = Blueprint("issued", __name__)
CHIPS = {"live": (_("在用"), Plate.revoked_at.is_(None)), "void": (_("已作废"), Plate.revoked_at.is_not(None))}
VERBS = {"revoke": revoke_plate, "reissue": reissue_plate}


@pages.get("/plates/issued")
@only(Role.CLERK)
def listing() -> str:
    """Two statements and the page's own: the chips, the plates with their shops."""
    chip, word = request.args.get("chip", "live"), request.args.get("q", "").strip()[:60]
    chip = chip if chip in CHIPS else "live"
    named = Client.name.contains(word, autoescape=True)
    columns = [func.count(Plate.id).filter(rule) for _label, rule in CHIPS.values()]
    counts = dict(zip(CHIPS, db.session.execute(select(*columns).select_from(Plate).join(Client, Client.id == Plate.client_id).where(named)).one(), strict=True))
    pager = Pager(counts[chip])
    found = select(Plate).join(Client, Client.id == Plate.client_id).where(CHIPS[chip][1], named)
    found = found.options(joinedload(Plate.client).joinedload(Client.area)).order_by(Plate.issued_at.desc(), Plate.id.desc())
    return render_template(
        "prints/issued.html", plates=db.session.scalars(found.limit(pager.size).offset(pager.offset)).all(), pager=pager, chip=chip, word=word,
        chips=[(key, gettext(label), counts[key]) for key, (label, _rule) in CHIPS.items()], mine=raters(db.session(), g.actor.cadre_id),
    )  # fmt: skip


@pages.post("/plates/<int:number>")
@only(Role.CLERK)
def act(number: int) -> Response:
    """Void, or void and give a new code; the new one is ticked on the printing page."""
    plate, what = seen(Plate, number), request.form.get("act", "")
    client_id, reason = plate.client_id, request.form.get("reason", "")
    if what not in VERBS:
        abort(400)
    if not carry_out(lambda session, row, **more: VERBS[what](session, row, reason, **more), plate):
        return redirect(url_for(".listing"), 303)
    if what == "revoke":
        flash(_("已作废，旧码从现在起打不开。"), "success")
        return redirect(url_for(".listing"), 303)
    flash(_("旧码已作废，新码已制发。请打印新墙牌换上。"), "success")
    return redirect(url_for("plates.choose", row=client_id), 303)
