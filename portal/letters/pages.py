"""`/letters/`: one kind and year, village by village or shop by shop; sign with a scan, print blanks, remind."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from models import Area, Attachment, Client, Letter, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, note_reading, only, seen
from portal.frame.menu import OFFICE
from portal.frame.showing import Pager
from rules.errors import RuleBroken
from rules.letters import BY_SHOP, CONTENT, YEARS, LetterKind
from rules.localtime import local_day
from rules.roles import Role
from rules.text import _
from services.attachments import MOST_BYTES, take_picture
from services.registry import letters as asked

letters = Blueprint("letters", __name__, url_prefix="/letters")
MOST_BLANKS = 200
KINDS = {kind.value: kind for kind in LetterKind}


def _ask(state: str = "") -> asked.Ask:
    """What the address asks for: this year's petitions letters unless it says otherwise."""
    today, year = local_day(now()), request.values.get("year", 0, whole)
    kind = KINDS.get(request.values.get("kind", ""), LetterKind.PETITIONS)
    return asked.Ask(kind, year if year in YEARS else today.year, today, g.actor.area_path, state)


@letters.get("/")
@only(*OFFICE)
def index() -> str:
    """Two statements whatever the size."""
    chip = request.args.get("chip", "")
    ask = _ask(chip if chip in asked.STATES else "")
    numbers = asked.counts(db.session(), ask)
    pager = Pager(numbers[ask.state])
    return render_template(
        "portal/letters/index.html", ask=ask, lines=asked.lines(db.session(), ask, pager.size, pager.offset), pager=pager, numbers=numbers,
        chips=[(key, gettext(label), numbers[key]) for key, (label, _rule) in asked.STATES.items()], kinds=KINDS.values(), by_shop=ask.kind in BY_SHOP,
    )  # fmt: skip


@letters.get("/blank")
@only(*OFFICE)
def blank() -> str:
    """A letter on a page of its own for each that hasn't signed."""
    ask = _ask("unsigned")
    rows = asked.lines(db.session(), ask, MOST_BLANKS)
    return render_template("prints/letters.html", ask=ask, lines=rows, content=CONTENT.get(ask.kind, ""), by_shop=ask.kind in BY_SHOP)


@letters.post("/sign")
@only(Role.CLERK)
def sign() -> Any:
    """Register that one was signed, with its picture or without; a refusal keeps the list where it was."""
    ask = _ask()
    subject: Area | Client = seen(Client if ask.kind in BY_SHOP else Area, request.form.get("subject", 0, whole))
    path = subject.area_path if isinstance(subject, Client) else subject.path
    if not path.startswith(g.actor.area_path):
        abort(404)
    if carry_out(lambda session, row, **more: _sign(session, row, ask, **more), subject):
        flash(_("已登记签订。"), "success")
    return redirect(url_for(".index", kind=ask.kind.value, year=ask.year, chip="unsigned"), 303)


def _sign(session: Session, subject: Area | Client, ask: asked.Ask, *, by: Any, now: datetime) -> None:
    area = subject.area if isinstance(subject, Client) else subject
    try:
        signed_on = date.fromisoformat(request.form.get("signed_on", ""))
    except ValueError:
        raise RuleBroken("day-unreadable", _("日期看不懂，请写成 2026-11-20 的样子。")) from None
    picture = request.files.get("scan")
    scan = None
    if picture and picture.filename:
        scan = take_picture(session, picture.stream.read(MOST_BYTES + 1), picture.filename, area, current_app.config["LIANXIN"].files, by=by, now=now)
    asked.sign(session, subject, ask.kind, ask.year, signed_on, scan, by=by, now=now)


@letters.post("/remind")
@only(Role.CLERK)
def remind() -> Any:
    ask = _ask("unsigned")
    root = seen(Area, int(g.actor.area_path.strip("/").rpartition("/")[2]))
    if carry_out(lambda session, area, **more: asked.remind(session, area, ask.kind, ask.year, **more), root):
        flash(_("已在消息里催签，一天只催一次。"), "success")
    return redirect(url_for(".index", kind=ask.kind.value, year=ask.year, chip="unsigned"), 303)


@letters.get("/<int:number>/scan")
@only(*OFFICE)
def scan(number: int) -> Response:
    """The picture of a signed letter; each look is on record."""
    letter = seen(Letter, number)
    found = db.session.get(Attachment, letter.attachment_id) if letter.attachment_id else None
    path = current_app.config["LIANXIN"].files / found.token if found else None
    if path is None or not path.is_file():
        abort(404)
    note_reading("letter.read", f"letters:{number}")
    return Response(path.read_bytes(), mimetype="image/jpeg", headers={"Cache-Control": "no-store"})
