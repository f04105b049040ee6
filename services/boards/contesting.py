"""异议: by the person or written down for him, answered in time by whoever did not confirm it (《个人信息保护法》第五十条)."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import BoardEntry
from models.access.actor import Actor
from models.audit import record
from rules.boards import FLOW, check_objection, check_person, check_reason, check_second
from rules.errors import NotAllowed
from rules.localtime import local_day
from rules.roles import BUSINESS
from rules.text import _
from services.boards.deciding import last_day
from services.boards.standing import IN_CHARGE, handler, rule_of
from services.boards.telling import tell_charged, tell_person
from services.same_person import is_account
from services.verbs import verb

PEOPLE = tuple(sorted(BUSINESS))


@verb("board.object", _("提出异议"), *PEOPLE)
def object_(session: Session, row: BoardEntry, text: str, *, by: Actor, now: datetime) -> None:
    """The person's own words, or written down for him by those in charge.

    Raises NotAllowed("not-yours"), RuleBroken("objection-late", "reason-missing").
    """
    own = row.cadre_id is not None and by.cadre_id == row.cadre_id
    if not own and by.role not in IN_CHARGE:
        raise NotAllowed("not-yours", _("只有本人，或者由领导、纪委代为登记，才能提出异议。"))
    check_person(by.account_id, False)
    check_objection(row.objection_until, local_day(now))
    row.objection, row.objected_at = check_reason(text), now
    row.objected_by = by.name if own else _("{name}（代为登记）").format(name=by.name)
    row.answer_until = last_day(session, rule_of(session, row).params.answer, now)
    row.state = FLOW.step(row.state, "object")
    record(session, "board.object", row, by=by, now=now)
    tell_charged(session, row, _("有一条红黑榜提出了异议，请答复"), now)


@verb("board.uphold", _("答复异议：不成立"), *IN_CHARGE)
def uphold(session: Session, row: BoardEntry, answer: str, *, by: Actor, now: datetime) -> None:
    """By somebody who did not confirm it; a justified objection is answered by withdrawing. Raises NotAllowed("second-person")."""
    handler(session, row, by)
    check_second(row.decided_by_id is not None and is_account(session, by, row.decided_by_id))
    row.answer, row.answered_by, row.answered_at, row.answer_until = check_reason(answer), by.name, now, None
    row.state = FLOW.step(row.state, "uphold")
    record(session, "board.uphold", row, by=by, now=now)
    tell_person(session, row, _("您对红黑榜的异议已有答复，请查看"), now)
