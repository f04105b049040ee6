"""Ask and ask again: a message to every silent enterprise that may be texted, a list for the office for the rest.

A message carries the enterprise's own link and nothing else: no rating, no phone, no name (QY-2.3b). Its link
stands in the sealed body only, since a code at rest would be as good as the answer's key.

Each call looks at some of the silent and is a transaction of its own; `sofar` takes the next one on from there. One
that begins again after a power cut asks nobody twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from models import Account, Area, Invitation, Notice, Round
from models.access.actor import Actor
from models.audit import record
from rules.channels import Channel as Way
from rules.errors import RuleBroken
from rules.invitations import FLOW, OPEN, InvitationState
from rules.localtime import local_day, next_office_moment
from rules.months import Month
from rules.notices import Channel
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services import plans
from services.locking import lock
from services.outbox import queue_notice
from services.rounds.reach import people
from services.rounds.survey import survey_of
from services.tokens import token_of
from services.verbs import verb

FIRST = _("【{township}】{month}企业满意度测评开始了，请您对联系贵店的干部作个评价，约一分钟：{url}")
AGAIN = _("【{township}】{month}企业满意度测评还差您一份，{day}截止。约一分钟，不愿评也可以不评：{url}")
AT_A_TIME = 500
LAST_DAY = _("{month}月{day}日24时")


@dataclass(frozen=True)
class Asked:
    """How many messages were queued, and how many silent enterprises need paper or a call; `seen`: the last one looked at, `looked_at`: how many."""

    texted: int = 0
    by_hand: int = 0
    run_at: datetime | None = None
    seen: int = 0
    looked_at: int = 0
    more: bool = False

    def after(self, earlier: "Asked") -> "Asked":
        sums = {name: getattr(self, name) + getattr(earlier, name) for name in ("texted", "by_hand", "looked_at")}
        return replace(self, **sums)


NOBODY = Asked()


@verb("round.remind", _("催评"), Role.CLERK)
def remind(
    session: Session, round_: Round, public_url: str, *, by: Actor, now: datetime, day: date | None = None, sofar: Asked = NOBODY
) -> Asked:
    """Ask the silent once more; a second call for the same day asks nobody twice, and nobody out of hours.

    `day`: the reminder day this serves (today if None). Raises RuleBroken("round-not-open"), ("no-time-left").
    """
    lock(session, round_)
    survey, run_at = _time_to_ask(session, round_, now)
    day = day or local_day(now)
    asked = _ask(session, round_, _silent(session, round_, sofar), AGAIN, f"remind:{day}", public_url, run_at)
    record(session, "round.reminded", round_, by=by, now=now, detail=f"{survey}：短信{asked.texted}，人工{asked.by_hand}")
    asked = asked.after(sofar)
    if asked.more:
        return asked
    _list_for_office(session, round_, asked.by_hand, day, now)
    if day.isoformat() not in round_.reminded:
        round_.reminded = [*round_.reminded, day.isoformat()]
    return asked


@verb("round.invite", _("发出邀请"), Role.CLERK)
def invite(session: Session, round_: Round, public_url: str, *, by: Actor, now: datetime, sofar: Asked = NOBODY) -> Asked:
    """The first word: a message where the plan's channel is SMS; a plate on the wall has already been delivered.

    Raises as `remind`.
    """
    lock(session, round_)
    _survey, run_at = _time_to_ask(session, round_, now)
    waiting = _silent(session, round_, sofar, Invitation.state == InvitationState.PENDING, Invitation.channel.in_((Way.SMS, Way.PLATE)))
    plates = [one for one in waiting if one.channel is Way.PLATE]
    asked = _ask(session, round_, [one for one in waiting if one.channel is Way.SMS], FIRST, "invite", public_url, run_at)
    for one in plates:
        one.state = FLOW.step(one.state, "invite")
    if asked.texted or plates:
        record(session, "round.invited", round_, by=by, now=now, detail=f"短信{asked.texted}，墙牌{len(plates)}")
    return replace(asked, seen=waiting[-1].id if waiting else sofar.seen, more=len(waiting) == AT_A_TIME).after(sofar)


def tell_office(session: Session, round_: Round, key: str, subject: str, body: str, now: datetime) -> int:
    """An inbox notice to every clerk of the round's township; returns how many clerks there are."""
    clerks = select(Account.id).where(Account.role == Role.CLERK, Account.active, Account.area_id == round_.area_id)
    ids = list(session.scalars(clerks))
    for account_id in ids:
        queue_notice(
            session, key=f"{key}:{account_id}", channel=Channel.INBOX, subject=subject, body=body,
            run_at=now, account_id=account_id, link=f"/rounds/{round_.id}",
        )  # fmt: skip
    return len(ids)


def _time_to_ask(session: Session, round_: Round, now: datetime) -> tuple[str, datetime]:
    """The survey's title, and the first moment from `now` at which people may be disturbed."""
    if round_.state is not RoundState.OPEN or now >= round_.closes_at:
        raise RuleBroken("round-not-open", _("{round}不在进行中，不用再催。"), round=round_.title)
    survey, _scale = survey_of(session, round_)
    run_at = next_office_moment(now, plans.calendar(session), survey.params.hours)
    if run_at >= round_.closes_at:
        raise RuleBroken("no-time-left", _("截止前已经没有上班时间可以打扰企业了，请打电话或上门代录。"))
    return survey.title, run_at


def _silent(session: Session, round_: Round, sofar: Asked, *also: ColumnElement[bool]) -> Sequence[Invitation]:
    """The next of the silent."""
    found = (
        select(Invitation)
        .where(Invitation.round_id == round_.id, Invitation.state.in_(OPEN), Invitation.id > sofar.seen, *also)
        .options(joinedload(Invitation.client))
        .order_by(Invitation.id)
        .limit(AT_A_TIME)
    )
    return session.scalars(found).all()


def _ask(
    session: Session, round_: Round, silent: Sequence[Invitation], text: str, key: str, public_url: str, run_at: datetime
) -> Asked:
    """Phones are judged again now: one that has meanwhile become the rated person's is not texted."""
    known_people, texted, by_hand = people(session), 0, 0
    title, words = round_.title, _body(session, round_, text)
    names = {one: f"{key}:{round_.id}:{one.id}" for one in silent}
    known = set(session.scalars(select(Notice.key).where(Notice.key.in_(names.values()))))
    for one, name in names.items():
        client = one.client
        if not one.phone_ok or not client.phone or not known_people.may_text(client.phone_index, one.cadre_id):
            by_hand += 1
            continue
        if name in known:
            continue
        body = words.replace("{url}", f"{public_url}/s/{token_of(one)}")
        queue_notice(session, key=name, channel=Channel.SMS, subject=title, body=body, to=client.phone, run_at=run_at, is_new=True)
        one.reminders += text is AGAIN
        if one.state is InvitationState.PENDING:
            one.state = FLOW.step(one.state, "invite")
        texted += 1
    return Asked(texted, by_hand, run_at, silent[-1].id if silent else 0, len(silent), len(silent) == AT_A_TIME)


def _body(session: Session, round_: Round, text: str) -> str:
    """The message, with a place for the link."""
    area = session.get(Area, round_.area_id)
    last = local_day(round_.closes_at - datetime.resolution)
    return text.format(
        township=area.name if area else "", month=Month.parse(round_.month).label, url="{url}",
        day=LAST_DAY.format(month=last.month, day=last.day),
    )  # fmt: skip


def _list_for_office(session: Session, round_: Round, by_hand: int, day: date, now: datetime) -> None:
    if by_hand:
        subject = _("{round}：还有{n}家要用纸质或电话催").format(round=round_.title, n=by_hand)
        body = _("这些企业没有可发短信的号码，请打印评价单上门，或打电话代录。")
        tell_office(session, round_, f"by-hand:{round_.id}:{day}", subject, body, now)

