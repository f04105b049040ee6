"""Ask for a file, watch it being made, fetch it within a week; the asker alone."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

import models
from documents.sheets import MIMES, file_name
from models import Export, Job, db
from models.access.session import working
from portal.edge.clock import now
from portal.frame.acting import note_reading, only, seen
from portal.security.paths import back
from rules.errors import RuleBroken
from rules.exporting import KEPT, SHORTEST_REASON
from rules.localtime import local, local_day
from rules.login_sessions import is_fresh
from rules.roles import BUSINESS, Role
from rules.text import _
from services.exports import making
from services.exports.printing import print_out
from services.exports.register import Wanted, refuse
from services.jobs import cancel as cancel_job
from services.ledgers import SCREENS, may_screen
from services.verbs import may

pages = Blueprint("exports", __name__, url_prefix="/exports")
takers = only(*BUSINESS, Role.AUDIT)


@pages.get("/new/<table>")
@takers
def new(table: str) -> str:
    return _form(_model(table))


@pages.post("/new/<table>")
@takers
def make(table: str) -> ResponseReturnValue:
    """The file at once, or the page of its job; full telephones only after a fresh proof of identity, whoever asks."""
    model, full = _model(table), request.form.get("full") == "1"
    if full and not is_fresh(current_user.proven_at, g.now):
        flash(_("导出完整电话要再确认一次是您本人；验证后请重新操作。"), "warning")
        return redirect(url_for("verify.ask", next=url_for(".new", table=table, **request.args.to_dict())), 303)
    kind = "csv" if request.form.get("kind") == "csv" else "xlsx"
    wanted = Wanted(model, request.args.to_dict(), kind, request.form.get("reason", "")[:200], full)
    db.session.rollback()
    try:
        made = making.take_out(db.engine, wanted, by=g.actor, now=now())
    except RuleBroken as refusal:
        return _form(model, str(refusal)), 422
    if made.file is None:
        return redirect(url_for(".show", number=made.id), 303)
    return send_file(made.file, mimetype=MIMES[kind], as_attachment=True, download_name=file_name(made.title, local_day(now()), kind))


@pages.post("/paper/<table>")
@takers
def paper(table: str) -> ResponseReturnValue:
    """The list as it is filtered and shown, ready to print; too long a one goes back to be narrowed."""
    model, args = _model(table), request.args.to_dict()
    db.session.rollback()
    try:
        made = print_out(db.engine, Wanted(model, args, "paper"), request.form.get("off", "").split(","), by=g.actor, now=now())
    except RuleBroken as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(f"{table}.index_view", **args), 303)
    return render_template("prints/ledger.html", paper=made, by=g.actor.name, at=f"{local(now()):%Y-%m-%d %H:%M}")


@pages.get("/<int(max=2147483647):number>")
@takers
def show(number: int) -> str:
    row = _own(number)
    job = db.session.get(Job, row.job_id) if row.job_id else None
    page = "part.html" if request.headers.get("HX-Request") else "show.html"
    over = job is None or making.is_over(job.state)
    return render_template(f"portal/exports/{page}", row=row, job=job, over=over, until=local_day(row.at + KEPT), htmx=not over)


@pages.post("/<int(max=2147483647):number>/cancel")
@takers
def cancel(number: int) -> ResponseReturnValue:
    """Stop the job; what was written of the file is thrown away."""
    job_id = _own(number).job_id
    db.session.rollback()
    with working(db.engine, g.actor) as session:
        job = session.get(Job, job_id or 0) or abort(404)
        try:
            cancel_job(session, job)
            refuse(session, session.get_one(Export, number), _("本人取消"), by=g.actor, now=now())
            session.commit()
        except RuleBroken as refusal:
            flash(str(refusal), "error")
    return redirect(url_for(".show", number=number), 303)


@pages.get("/<int(max=2147483647):number>/file")
@takers
def fetch(number: int) -> ResponseReturnValue:
    row = _own(number)
    path = making.path_of(current_app.config["LIANXIN"].files, row)
    if row.token is None or now() - row.at > KEPT or not path.is_file():
        abort(404)
    name, kind = file_name(row.ledger, local_day(row.at), row.kind), row.kind
    note_reading("ledger.export_fetched", f"exports:{row.id}", row.number)
    return send_file(path, mimetype=MIMES[kind], as_attachment=True, download_name=name)


def _own(number: int) -> Export:
    row = seen(Export, number)
    return row if row.account_id == g.actor.account_id else abort(404)


def _model(table: str) -> type:
    """The ledger of that name if this person may export it."""
    name = next((one for one in SCREENS if one.lower() == table), "")
    model: Any = getattr(models, name, None) or abort(404)
    return model if may_screen(g.actor, "export", model) else abort(403)


def _form(model: type, problem: str = "") -> str:
    listing = making.listing_of(Wanted(model, request.args.to_dict(), "xlsx"), g.actor)
    phones = any(col.info.get("mask") == "phone" for col in listing.cols)
    return render_template(
        "portal/exports/new.html", listing=listing, problem=problem, back=back("/"), least=SHORTEST_REASON,
        full=phones and may(g.actor, "ledger.export_full"), table=model.__name__.lower(),
    )  # fmt: skip

