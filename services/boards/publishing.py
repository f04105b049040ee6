"""What is to be shown, in which words: asked for by one person not concerned; redacted here, once and for all."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import BoardEntry, Publication
from models.access.actor import Actor
from models.audit import record
from rules.board_rule import PERSONS
from rules.boards import check_ready
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.publications import FLOW, check_consent, check_words, shown_name
from rules.text import _
from services.boards.standing import IN_CHARGE, handler, people_of, private_words, rule_of
from services.boards.telling import tell_charged
from services.boards.texts import open_of
from services.locking import lock
from services.verbs import verb


@verb("publication.ask", _("提出公布"), *IN_CHARGE)
def ask(session: Session, row: BoardEntry, words: str, consent: str, *, by: Actor, now: datetime) -> Publication:
    """The exact text, redacted; asked again while one is open it is refused.

    Raises NotAllowed("own-board", "nobody-named"), RuleBroken("objection-open", "objection-days", "asked-already", "move-not-allowed",
    "consent-missing") and as `rules.publications.check_words`.
    """
    lock(session, row)
    handler(session, row, by)
    check_ready(row.state, row.objection_until, local_day(now))
    if open_of(session, row) is not None:
        raise RuleBroken("asked-already", _("已经提出公布或已在公布，不用再提。"))
    rule = rule_of(session, row).params
    made = Publication(
        entry_id=row.id, board=row.board, colour=row.colour, name=shown_name(row.subject, people_of(row), rule.full_name)[:120],
        place=row.area.name, words=check_words(words, private_words(row, rule)), public=rule.public,
        consent=check_consent(rule.stands in PERSONS, rule.public, consent),
        state=FLOW.start, asked_by=by.name, asked_by_id=by.account_id, asked_at=now, area=row.area,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, "publication.ask", made, by=by, now=now)
    tell_charged(session, row, _("有一条红黑榜等另一个人同意公布"), now, but=by.account_id)
    return made
