"""The inbox: newest first, unread marked; reading a line opens what it is about."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from models import Notice, db
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.showing import Pager
from rules.notices import Channel
from rules.roles import Role
from services.inbox import mark_all_read, mark_read, unread

notices = Blueprint("notices", __name__, url_prefix="/notices")


@notices.get("/")
@only(*Role)
def index() -> str:
    counted = select(func.count(Notice.id)).where(Notice.channel == Channel.INBOX)
    pager = Pager(db.session.scalar(counted) or 0)
    found = select(Notice).where(Notice.channel == Channel.INBOX).order_by(Notice.id.desc())
    rows = db.session.scalars(found.limit(pager.size).offset(pager.offset)).all()
    return render_template("portal/notices/index.html", notices=rows, pager=pager, unread=unread(db.session))


@notices.post("/<int:number>")
@only(*Role)
def read(number: int) -> Response:
    """Mark as read and go where it leads; an address of the house only."""
    row = seen(Notice, number)
    link = row.link if row.link.startswith("/") and not row.link.startswith("//") else url_for(".index")
    carry_out(mark_read, row)
    return redirect(link)


@notices.post("/read")
@only(*Role)
def read_all() -> Response:
    newest = request.form.get("newest", type=whole) or abort(400)
    if carry_out(mark_all_read, seen(Notice, newest)):
        flash(gettext("已全部标为已读。"), "success")
    return redirect(url_for(".index"))
