"""延长申诉办理期限: once, before the last day, by somebody who did not decide, with a reason; the person is told (GWY-96)."""

from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from models import Sanction
from models.access.actor import Actor
from models.audit import record
from rules.clock import ClockRule, check_extension, due
from rules.localtime import LOCAL, local_day
from rules.roles import Role
from rules.sanctions import FLOW, check_decider, check_prolonging, whole_days
from rules.text import _
from services import plans
from services.followup.stepping import not_decider
from services.followup.telling import tell_cadre
from services.same_person import is_cadre
from services.verbs import verb


@verb("sanction.prolong", _("延长申诉办理期限"), Role.LEADER, Role.DISCIPLINE)
def prolong(session: Session, row: Sanction, days: str, reason: str, *, by: Actor, now: datetime) -> None:
    """So many units of the plan's clock more, counted from the last day as it stands; silence is no extension.

    Raises NotAllowed("own-sanction", "own-decision"), RuleBroken("move-not-allowed", "reason-missing", "extension-odd",
    "extension-too-long", "extension-done", "extension-late").
    """
    check_decider(is_cadre(session, by, row.cadre_id), reason)
    not_decider(session, row, by)
    state, today = FLOW.step(row.state, "prolong"), local_day(now)
    last = check_prolonging(row.answer_until, row.extended, today)
    clock = plans.book(session).rule("appeal-decision", today, ClockRule).params
    check_extension(clock, whole_days(days))
    more = due(replace(clock, amount=whole_days(days)), datetime.combine(last, time(12), LOCAL), plans.calendar(session))
    row.state, row.answer_until, row.extended = state, more.due_on, whole_days(days)
    row.extended_by, row.extended_at, row.extension_reason = by.name, now, reason.strip()
    record(session, "sanction.prolong", row, by=by, now=now)
    tell_cadre(session, row, _("您的申诉案情复杂，答复期限延长到{day}，可以查看理由").format(day=more.due_on), now)
