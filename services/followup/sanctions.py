"""处理建议: a leader decides with a reason, the person is told and may answer; it is lifted or expires (SQ-2.3b)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Sanction
from models.access.actor import Actor
from models.audit import record
from rules.clock import ClockRule, due
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.roles import Role
from rules.sanctions import CONTESTED, FLOW, STANDING, check_decider, check_expiry, expires_on
from rules.text import _
from services import plans
from services.followup.remedies import remedies_of
from services.followup.stepping import OFFICIALS, not_decider, own
from services.followup.telling import tell_cadre
from services.same_person import is_account, is_cadre
from services.verbs import verb


@verb("sanction.confirm", _("确认处理建议"), Role.LEADER, Role.DISCIPLINE)
def confirm(session: Session, row: Sanction, reason: str, *, by: Actor, now: datetime) -> None:
    """A named person makes the proposal his decision: a leader, or of what a leader proposed by hand the discipline office.

    Raises NotAllowed("own-sanction", "own-proposal", "leader-decides"), RuleBroken("reason-missing").
    """
    _decide(session, row, "confirm", reason, by, now)


@verb("sanction.dismiss", _("不予采纳"), Role.LEADER, Role.DISCIPLINE)
def dismiss(session: Session, row: Sanction, reason: str, *, by: Actor, now: datetime) -> None:
    """Not followed, with the reason kept."""
    _decide(session, row, "dismiss", reason, by, now)
    row.ended_at = now


@verb("sanction.notify", _("告知本人"), Role.LEADER, Role.DISCIPLINE)
def notify(session: Session, row: Sanction, *, by: Actor, now: datetime) -> None:
    """Tell the person; review and appeal clocks and the validity start today (《公务员法》第九十五条)."""
    _not_own(session, row, by)
    book, today, days = plans.book(session), local_day(now), plans.calendar(session)
    row.notified_at = now
    row.review_until = due(book.rule(remedies_of(session, row).review, today, ClockRule).params, now, days).due_on
    row.appeal_until = due(book.rule("appeal-direct", today, ClockRule).params, now, days).due_on
    row.expires_on = expires_on(today, row.validity_months)
    _step(session, row, "notify", by, now)
    tell_cadre(session, row, _("有一项处理决定要告知您，请查看，您可以陈述、申请复核或申诉"), now)


@verb("sanction.reply", _("本人陈述"), *OFFICIALS)
def reply(session: Session, row: Sanction, text: str, *, by: Actor, now: datetime) -> None:
    """The person's own words."""
    own(row, by)
    if not text.strip():
        raise RuleBroken("reply-missing", _("请写明陈述意见。"))
    row.reply = text.strip()
    _step(session, row, "reply", by, now)


@verb("sanction.lift", _("解除"), Role.LEADER)
def lift(session: Session, row: Sanction, reason: str, *, by: Actor, now: datetime) -> None:
    """Ended early, with a reason; raises NotAllowed("own-decision") for the one who confirmed it while it is contested."""
    check_decider(is_cadre(session, by, row.cadre_id), reason)
    if row.state in CONTESTED:
        not_decider(session, row, by)
    row.remark, row.ended_at, row.answer_until = reason.strip(), now, None
    _step(session, row, "lift", by, now)
    if row.notified_at is not None:
        tell_cadre(session, row, _("您的一项处理决定已经解除，请查看"), now)


@verb("sanction.expire", _("期满"))
def expire(session: Session, row: Sanction, *, by: Actor, now: datetime) -> None:
    """The sweep's verb; raises RuleBroken("not-expired")."""
    check_expiry(row.expires_on, local_day(now))
    row.ended_at = now
    _step(session, row, "expire", by, now)
    tell_cadre(session, row, _("您的一项处理决定已经期满，不再有效"), now)


def due_to_expire(session: Session, now: datetime) -> list[int]:
    """Ids of standing sanctions whose time is over."""
    over = select(Sanction.id).where(Sanction.state.in_(STANDING), Sanction.expires_on <= local_day(now))
    return list(session.scalars(over))


def _decide(session: Session, row: Sanction, move: str, reason: str, by: Actor, now: datetime) -> None:
    check_decider(is_cadre(session, by, row.cadre_id), reason)
    _second(session, row, by)
    row.decided_by, row.decided_by_id = by.name, by.account_id
    row.decided_at, row.reason = now, reason.strip()
    _step(session, row, move, by, now)


def _second(session: Session, row: Sanction, by: Actor) -> None:
    """Who proposed does not decide; what the rule proposed a leader decides."""
    if row.proposed_by_id is not None and is_account(session, by, row.proposed_by_id):
        raise NotAllowed("own-proposal", _("这项处理由您提出，要由另一人确认。"))
    if row.proposed_by_id is None and by.role is not Role.LEADER:
        raise NotAllowed("leader-decides", _("系统按规则提出的处理建议，由领导确认。"))


def _not_own(session: Session, row: Sanction, by: Actor) -> None:
    if is_cadre(session, by, row.cadre_id):
        raise NotAllowed("own-sanction", _("不能办理涉及本人的处理建议。"))


def _step(session: Session, row: Sanction, move: str, by: Actor, now: datetime) -> None:
    row.state = FLOW.step(row.state, move)
    record(session, f"sanction.{move}", row, by=by, now=now)
