"""`/s/<token>`: rate, say why, done; and every other thing that the holder of a code may meet."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Blueprint, Response, current_app, redirect, request, url_for
from sqlalchemy.orm import Session

from models import Invitation, db
from models.access.actor import system
from models.access.session import working
from portal.edge.clock import now
from portal.owner import failures
from portal.owner.device import device_digest, in_office
from portal.owner.faces import faces
from portal.owner.look import HEADERS, page
from rules.channels import Channel
from rules.errors import RuleBroken
from rules.invitations import InvitationState
from rules.localtime import local
from rules.text import _
from services.rounds.asking import Door, Visit, visit
from services.rounds.casting import Answer, cast
from services.rounds.survey import survey_of

OWNER = system("企业评价")
RATED = "干部"
SENT = frozenset({Channel.SMS, Channel.CHAT})
pages = Blueprint("owner", __name__, url_prefix="/s")
pages.after_request(lambda response: response.headers.update(HEADERS) or response)
failures.handle(pages)


@contextmanager
def opened(token: str) -> Iterator[tuple[Session, Visit]]:
    """The code resolved in a session of its own; raises CodeUnknown."""
    with working(db.engine, OWNER) as session:
        found = visit(session, token, now=now())
        if found.door is Door.STALE:
            raise failures.CodeUnknown
        yield session, found


@pages.get("/<token>")
def meet(token: str) -> Response:
    """The first person not rated yet; when all are, the ✓; `?change=` asks about one of them again."""
    with opened(token) as (session, found):
        if found.door is not Door.ASK:
            return page(found.door.name.lower(), token=token)
        asked = found.one(request.args.get("change", "")) or found.next
        if asked is None:
            return _done(session, token, found)
        return _rate(session, token, found, asked)


@pages.post("/<token>")
def answer(token: str) -> Response:
    """Take the answer at once; a low one is thanked with the chips, any other with the ✓ or the next person."""
    with opened(token) as (session, found):
        asked = found.one(request.form.get("who", ""))
        if asked is None:
            return _onward(token)
        survey, scale = survey_of(session, asked.round)
        code, why = request.form.get("level", ""), "why" in request.form
        if code not in {level.code for level in scale.levels}:
            return _rate(session, token, found, asked, missing=True)
        cast(session, asked, _said(found, asked, code), by=OWNER, now=now())
        session.commit()
        limit = survey.params.ask_reason_at
        if limit and not why and scale.at_or_below(scale.level(code).position, limit):
            return page("why", token=token, asked=asked, level=code, reasons=survey.params.reasons, **_place(found, asked))
    return _onward(token)


@pages.get("/<token>/who")
def who(token: str) -> Response:
    """Who will know, in plain words (secrecy as in docs/rules.md)."""
    with opened(token) as (session, found):
        floor, low = 3, "一般"
        if found.asked:
            survey, scale = survey_of(session, found.asked[0].round)
            floor = survey.params.floor
            low = scale.level(survey.params.ask_reason_at).label if survey.params.ask_reason_at else low
        return page("who", token=token, floor=floor, low=low)


@pages.get("/<token>/help")
def help_(token: str) -> Response:
    """A difficulty, or what became of one: the telephone, until cases can be followed here."""
    with opened(token):
        return page("help", token=token)


def _rate(session: Session, token: str, found: Visit, asked: Invitation, missing: bool = False) -> Response:
    survey, scale = survey_of(session, asked.round)
    limit = survey.params.ask_reason_at
    low = scale.level(limit).label if limit else ""
    again = asked.state is InvitationState.ANSWERED
    if again and not survey.params.change_until_close:
        raise RuleBroken("no-change", _("本月已经评过，不能再改。"))
    return page(
        "rate", token=token, asked=asked, question=survey.params.question, about=_about(survey.params.question), faces=list(faces(scale)), low=low,
        missing=missing, again=again, **_place(found, asked),
    )  # fmt: skip


def _about(question: str) -> tuple[str, str] | None:
    """The question around the place where the name goes: after “干部”, if it says so."""
    before, word, after = question.partition(RATED)
    return (before + word, after) if word else None


def _done(session: Session, token: str, found: Visit) -> Response:
    survey = survey_of(session, found.asked[0].round)[0]
    change = found.asked if survey.params.change_until_close else ()
    last = local(found.asked[0].round.closes_at) - timedelta(seconds=1)
    until = f"{last.month}月{last.day}日"
    return page("done", token=token, asked=found.asked[0], change=change, until=until, fresh="done" in request.args)


def _place(found: Visit, asked: Invitation) -> dict[str, int]:
    return {"place": found.place(asked), "places": len(found.asked)}


def _onward(token: str) -> Response:
    return redirect(url_for("owner.meet", token=token, done=1), 303)  # type: ignore[return-value]


def _said(found: Visit, asked: Invitation, code: str) -> Answer:
    own = asked.channel if asked.channel in SENT else Channel.SLIP
    address = request.remote_addr or ""
    return Answer(
        code, tuple(request.form.getlist("reason")), request.form.get("remark", "").strip(),
        Channel.PLATE if found.by_plate else own or Channel.SLIP,
        device_digest(address, request.user_agent.string, now()),
        in_office(address, current_app.config["OFFICE_NETWORKS"]),
    )  # fmt: skip
