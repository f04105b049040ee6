"""代录: a paper answer with its photo, or one taken by phone, typed in by the office and marked so for ever."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from models import Invitation, db
from models.access.actor import Actor
from portal.frame.acting import carry_out, only, seen
from portal.rounds.asking import invitation_of
from portal.rounds.blueprint import rounds
from rules.channels import Channel
from rules.errors import RuleBroken
from rules.roles import Role
from rules.text import _
from services.attachments import MOST_BYTES, take_picture
from services.rounds import casting
from services.rounds.survey import survey_of

WAYS = {Channel.PAPER: _("纸质评价单（要附照片）"), Channel.CALL: _("电话询问")}


@rounds.route("/<int:number>/invitations/<int:which>/enter", methods=["GET", "POST"])
@only(Role.CLERK)
def enter(number: int, which: int) -> Response | str | tuple[str, int]:
    asked = invitation_of(number, which)
    if request.method == "POST":
        picture = request.files.get("photo")
        if carry_out(_enter, asked, picture):
            flash(gettext("已代录一份，标明由您录入。"), "success")
            return redirect(url_for(".show", number=number, chip="silent"))
        return page(seen(Invitation, which)), 409
    return page(asked)


def page(asked: Invitation) -> str:
    survey, scale = survey_of(db.session, asked.round)
    return render_template(
        "portal/rounds/enter.html", asked=asked, ways=WAYS, scale=scale, reasons=survey.params.reasons,
        question=survey.params.question, typed=request.form, chosen=request.form.getlist("reasons"),
    )  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """The form as typed; raises RuleBroken in words for what is missing."""

    channel: Channel
    level: str
    reasons: tuple[str, ...]
    remark: str

    @classmethod
    def of(cls) -> "Typed":
        form = request.form
        if form.get("channel") not in WAYS:
            raise RuleBroken("channel-missing", _("请选择是纸质评价单还是电话询问。"))
        if not form.get("level"):
            raise RuleBroken("level-missing", _("请选择企业评的等次，不要替企业估计。"))
        return cls(Channel(form["channel"]), form["level"], tuple(form.getlist("reasons")), form.get("remark", ""))  # type: ignore[call-arg]


def _enter(
    session: Session, asked: Invitation, picture: FileStorage | None, *, by: Actor, now: datetime
) -> None:
    typed = Typed.of()
    photo = None
    if picture and picture.filename:
        data = picture.stream.read(MOST_BYTES + 1)
        folder = current_app.config["LIANXIN"].files
        photo = take_picture(session, data, picture.filename, asked.area, folder, by=by, now=now)
    answer = casting.Answer(typed.level, typed.reasons, typed.remark, typed.channel)
    casting.enter(session, asked, answer, photo, by=by, now=now)
