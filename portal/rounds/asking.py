"""What a clerk does while the round runs: remind, register what became of an invitation, take back an opening."""

from datetime import datetime

from flask import abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from models import Invitation, Round
from models.access.actor import Actor
from portal.edge.clock import now
from portal.frame.acting import carry_out, only, seen
from portal.frame.showing import when
from portal.rounds.blueprint import rounds
from rules.roles import Role
from rules.rounds import RoundState
from services.rounds import chasing, telling, withdrawing
from services.rounds.reminding import Asked


@rounds.post("/<int:number>/remind")
@only(Role.CLERK)
def chase(number: int) -> Response:
    """催评: everybody silent who may be texted; the rest is listed for paper and calls."""
    told: list[Asked] = []
    public_url = current_app.config["LIANXIN"].public_url

    def ask(session: Session, row: Round, *, by: Actor, now: datetime) -> None:
        told.append(chasing.chase(session, row, public_url, by=by, now=now))

    if carry_out(ask, seen(Round, number)):
        flash(_said(told[0]), "success")
    return redirect(url_for(".show", number=number, chip="silent"))


def _said(asked: Asked) -> str:
    """What was sent, what waits for office hours, what is left to paper and calls."""
    rest = gettext("另有 %(m)s 家要用纸质或电话催，请打印催评单。", m=asked.by_hand) if asked.by_hand else ""
    if asked.more and not asked.texted:
        return gettext("企业较多，正在后台继续催。")
    if not asked.texted:
        return rest or gettext("没有要催的企业。")
    late = asked.run_at is not None and asked.run_at > now()
    text = gettext("%(n)s 家的短信将在上班时间（%(at)s）发出。") if late else gettext("已向 %(n)s 家发出催评短信。")
    text %= {"n": asked.texted, "at": when(asked.run_at)}
    return text + (gettext("其余的正在后台继续。") if asked.more else rest)


@rounds.post("/<int:number>/unopen")
@only(Role.CLERK)
def unopen(number: int) -> Response:
    if carry_out(withdrawing.unopen, seen(Round, number)):
        is_done = seen(Round, number).state is RoundState.PLANNED
        flash(gettext("已撤回开启，到日不会再自动开启。") if is_done else gettext("邀请较多，正在后台撤回，撤完会发消息。"), "success")
    return redirect(url_for(".show", number=number))


@rounds.post("/<int:number>/invitations/<int:which>")
@only(Role.CLERK)
def tell(number: int, which: int) -> Response:
    """Register 已送达, 拒答, 停业, 联系不上, take it back, or include what has been settled."""
    asked = invitation_of(number, which)
    move = request.form.get("move", "")
    serial = asked.serial
    if carry_out(telling.include, asked) if move == "include" else carry_out(telling.tell, asked, move):
        flash(gettext("已登记：%(serial)s。", serial=serial), "success")
    return redirect(safe_back(number))


def invitation_of(number: int, which: int) -> Invitation:
    """The invitation, if it is of this round and in scope; 404 otherwise."""
    asked = seen(Invitation, which)
    if asked.round_id != number:
        abort(404)
    return asked


def safe_back(number: int) -> str:
    """The list as it was filtered; the arguments come back from the form, never an address."""
    kept = {name: request.form[name] for name in ("chip", "search", "village", "page") if request.form.get(name)}
    return url_for(".show", number=number, **kept)
