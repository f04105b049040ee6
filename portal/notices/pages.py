"""The inbox: by topic and day, newest first, unread marked; reading a line opens what it is about."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from models import Notice, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.showing import Pager
from rules.localtime import local_day
from rules.notices import QUIET_FROM, QUIET_UNTIL
from rules.roles import Role
from services.channel_state import text_messages
from services.inbox import FOLDERS, folders, lines, mark_all_read, mark_read, unread

notices = Blueprint("notices", __name__, url_prefix="/notices")


@notices.get("/")
@only(*Role)
def index() -> str:
    counted, here = folders(db.session), request.args.get("chip", "")
    here = here if here in FOLDERS else ""
    pager = Pager({key: n for key, _name, n in counted}[here])
    rows = db.session.scalars(lines(here).limit(pager.size).offset(pager.offset)).all()
    return render_template(
        "portal/notices/index.html", notices=rows, days=by_day(rows), pager=pager, unread=unread(db.session),
        folders=counted, here=here, texts=text_messages(db.engine, now()), quiet=(QUIET_FROM, QUIET_UNTIL),
    )  # fmt: skip


def by_day(rows: Sequence[Notice]) -> dict[date, list[Notice]]:
    """The lines of a page under their days, in the order given."""
    days: dict[date, list[Notice]] = {}
    for row in rows:
        days.setdefault(local_day(row.run_at), []).append(row)
    return days


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
