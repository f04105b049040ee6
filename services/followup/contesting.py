"""复核、申诉: asked for by the person, answered in time by somebody who did not decide (《公务员法》第九十五、九十六条)."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from models import Sanction
from models.access.actor import Actor
from models.audit import record
from rules.clock import ClockRule, due
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.roles import Role
from rules.sanctions import FLOW, SanctionState, check_appeal, check_decider
from rules.text import _
from services import plans
from services.followup.remedies import remedies_of
from services.followup.stepping import OFFICIALS, not_decider, own
from services.followup.telling import tell_cadre, tell_judges
from services.same_person import is_cadre
from services.verbs import verb


@verb("sanction.ask_review", _("申请复核"), *OFFICIALS)
def ask_review(session: Session, row: Sanction, text: str, *, by: Actor, now: datetime) -> None:
    """Within thirty days of being told; raises RuleBroken("review-late"), ("words-missing")."""
    own(row, by)
    if row.review_until and local_day(now) > row.review_until:
        raise RuleBroken("review-late", _("申请复核的期限（{day}）已过，可依法提出申诉。"), day=row.review_until)
    _add(row, _("申请复核"), text, now)
    row.answer_until = _answer_clock(session, "review-decision", now)
    _step(session, row, "ask_review", by, now)
    tell_judges(session, row, _("有一项处理决定本人要求复核或申诉，请办理"), now)


@verb("sanction.appeal", _("申诉"), *OFFICIALS)
def appeal(session: Session, row: Sanction, text: str, *, by: Actor, now: datetime) -> None:
    """After the review or directly, or when the review was not answered in time.

    Raises RuleBroken("appeal-late"), ("review-open"), ("words-missing").
    """
    own(row, by)
    check_appeal(row.state, row.appeal_until, row.answer_until, local_day(now))
    _add(row, _("申诉"), text, now)
    row.answer_until = _answer_clock(session, "appeal-decision", now)
    _step(session, row, "appeal", by, now)
    tell_judges(session, row, _("有一项处理决定本人要求复核或申诉，请办理"), now)


@verb("sanction.answer", _("答复复核、申诉"), Role.LEADER, Role.DISCIPLINE)
def answer(session: Session, row: Sanction, upheld: bool, remark: str, *, by: Actor, now: datetime) -> None:
    """Uphold (a new appeal clock after a review) or lift; never by the one who confirmed it."""
    check_decider(is_cadre(session, by, row.cadre_id), remark)
    not_decider(session, row, by)
    row.remark, row.answer_until = remark.strip(), None
    if not upheld:
        row.ended_at = now
        _step(session, row, "lift", by, now)
        tell_cadre(session, row, _("您的复核、申诉已有结果，请查看"), now)
        return
    review = row.state is SanctionState.UNDER_REVIEW
    if review:
        clock = plans.book(session).rule(remedies_of(session, row).appeal, local_day(now), ClockRule).params
        row.appeal_until = due(clock, now, plans.calendar(session)).due_on
    _step(session, row, "uphold" if review else "reject_appeal", by, now)
    tell_cadre(session, row, _("您的复核、申诉已有结果，请查看"), now)


def _answer_clock(session: Session, code: str, now: datetime) -> date:
    """The last day to decide: 30 days for a review, 60 for an appeal, as the plan's clock says (GWY-96)."""
    return due(plans.book(session).rule(code, local_day(now), ClockRule).params, now, plans.calendar(session)).due_on


def _add(row: Sanction, what: str, text: str, now: datetime) -> None:
    """Later words stand under the earlier ones; none is overwritten. Raises RuleBroken("words-missing")."""
    if not text.strip():
        raise RuleBroken("words-missing", _("请写明{what}的理由。"), what=what)
    said = f"{local_day(now)} {what}：{text.strip()}"
    row.reply = "\n".join(one for one in (row.reply, said) if one)


def _step(session: Session, row: Sanction, move: str, by: Actor, now: datetime) -> None:
    row.state = FLOW.step(row.state, move)
    record(session, f"sanction.{move}", row, by=by, now=now)
