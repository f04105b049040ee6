"""The second person reads the exact text and lets it go out, or sends it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import BoardEntry, Publication
from models.access.actor import Actor
from models.audit import record
from rules import boards, publications
from rules.boards import check_ready, check_second
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.months import add_months
from rules.publications import PublicationState
from rules.text import _
from services.boards.standing import IN_CHARGE, handler, rule_of
from services.boards.telling import tell_person
from services.boards.texts import close, open_of
from services.locking import lock
from services.same_person import is_account
from services.verbs import verb


@verb("publication.agree", _("同意公布"), *IN_CHARGE)
def agree(session: Session, row: BoardEntry, *, by: Actor, now: datetime) -> None:
    """From today it stands, as long as the rule says.

    Raises NotAllowed("second-person", "own-board", "nobody-named"), RuleBroken("nothing-asked", "objection-open", "move-not-allowed").
    """
    made, today = _asked(session, row, by), local_day(now)
    check_ready(row.state, row.objection_until, today)
    made.state = publications.FLOW.step(made.state, "agree")
    row.state = boards.FLOW.step(row.state, "publish")
    row.expires_on = add_months(today, rule_of(session, row).params.months)
    made.agreed_by, made.agreed_by_id, made.agreed_at = by.name, by.account_id, now
    made.from_on, made.until_on = today, row.expires_on
    record(session, "publication.agree", made, by=by, now=now)
    record(session, "board.publish", row, by=by, now=now)
    tell_person(session, row, _("有关您的一条红黑榜已经上榜，请查看"), now)


@verb("publication.refuse", _("不同意公布"), *IN_CHARGE)
def refuse(session: Session, row: BoardEntry, why: str, *, by: Actor, now: datetime) -> None:
    """The text goes back; another may be asked for. Raises as `agree`, RuleBroken("reason-missing")."""
    made = _asked(session, row, by)
    close(session, made, "refuse", why, by=by, now=now)
    record(session, "board.returned", row, by=by, now=now)


def _asked(session: Session, row: BoardEntry, by: Actor) -> Publication:
    lock(session, row)
    handler(session, row, by)
    made = open_of(session, row)
    if made is None or made.state is not PublicationState.ASKED:
        raise RuleBroken("nothing-asked", _("没有等同意的公布：可能已经有人办过了，请刷新。"))
    check_second(is_account(session, by, made.asked_by_id))
    return made
