"""Presses for answers to reviews and appeals: in the last week, then every week, until somebody decides (GWY-96)."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Account, Notice, Sanction
from models.access.session import working
from rules.localtime import local_day
from rules.notices import Channel
from rules.sanctions import CONTESTED, WEEK, reminder_mark
from rules.text import _
from services.followup.telling import judges_of
from services.outbox import queue_notice
from services.sweeping import SWEEPER

NEAR = _("有一项复核、申诉要在{day}前答复，请办理")
LATE = _("有一项复核、申诉已超期未答复（期限{day}），请尽快办理")
LATE_FOR_PERSON = _("您的复核、申诉超过期限（{day}）还没有答复，可以查看怎样办理")


def press_for_answers(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """One transaction a sanction; the notice's key is the mark that somebody was told."""
    soon, counts = local_day(now) + timedelta(days=WEEK), Counter[str]()
    with working(engine, SWEEPER) as session:
        ids = list(session.scalars(select(Sanction.id).where(Sanction.state.in_(CONTESTED), Sanction.answer_until <= soon)))
    for number in ids:
        with working(engine, SWEEPER) as session:
            counts["pressed"] += _press(session, session.get_one(Sanction, number), now)
            session.commit()
    return {name: n for name, n in counts.items() if n}


def _press(session: Session, row: Sanction, now: datetime) -> int:
    """How many were told who were not told of this before."""
    if row.state not in CONTESTED or row.answer_until is None:
        return 0
    mark = reminder_mark(row.answer_until, local_day(now))
    key = f"{row.__tablename__}:{row.id}:{row.answer_until}:{mark}"
    if not mark or session.scalar(select(Notice.id).where(Notice.key.startswith(f"{key}:", autoescape=True)).limit(1)):
        return 0
    subject = (NEAR if mark == "near" else LATE).format(day=row.answer_until)
    judges = session.scalars(select(Account.id).where(judges_of(row))).all()
    for account_id in judges:
        _queue(session, row, f"{key}:a{account_id}", subject, now, account_id=account_id)
    if mark == "late0":
        _queue(session, row, f"{key}:c{row.cadre_id}", LATE_FOR_PERSON.format(day=row.answer_until), now, cadre_id=row.cadre_id)
    return len(judges)


def _queue(
    session: Session, row: Sanction, key: str, subject: str, now: datetime,
    *, account_id: int | None = None, cadre_id: int | None = None,
) -> None:  # fmt: skip
    queue_notice(
        session, key=key, channel=Channel.INBOX, subject=subject, run_at=now, link=f"/sanctions/{row.id}",
        account_id=account_id, cadre_id=cadre_id,
    )  # fmt: skip
