"""One doubt of an import: what the paper says, who is meant, and a person's decision with his name."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models import Cadre, Client, ReviewItem, db
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from rules.importing import Decision, decisions
from rules.roles import Role
from rules.text import _
from services.rosters.reviewing import settle as settle_doubt

pages = Blueprint("doubts", __name__, url_prefix="/imports/doubts")


@pages.get("/<int:number>")
@only(Role.CLERK, Role.DISCIPLINE)
def show(number: int) -> str:
    item = seen(ReviewItem, number)
    people = db.session.scalars(select(Cadre).where(Cadre.id.in_(item.people.get("cadres", []))))
    shops = db.session.scalars(select(Client).where(Client.id.in_(item.people.get("clients", []))))
    following = select(ReviewItem.id).where(
        ReviewItem.batch_id == item.batch_id, ReviewItem.decision == Decision.OPEN, ReviewItem.id > item.id
    )
    return render_template(
        "portal/imports/doubt.html", item=item, people=people.all(), shops=shops.all(),
        decisions=decisions(item.kind),
        following=db.session.scalar(following.order_by(ReviewItem.id).limit(1)),
    )  # fmt: skip


@pages.post("/<int:number>")
@only(Role.CLERK)
def settle(number: int) -> ResponseReturnValue:
    """Decide and go on to the next one."""
    item = seen(ReviewItem, number)
    batch, following = item.batch_id, request.form.get("following", type=whole)
    code = request.form.get("decision", "")
    if code not in {one.value for one in Decision}:
        flash(_("请选择怎样定夺。"), "error")
        return redirect(url_for(".show", number=number), 303)
    if not carry_out(settle_doubt, item, Decision(code), request.form.get("remark", "")[:200]):
        return redirect(url_for(".show", number=number), 303)
    flash(_("已定夺。"), "success")
    target = url_for(".show", number=following) if following else url_for("imports.show", number=batch)
    return redirect(target, 303)
