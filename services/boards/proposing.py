"""What the plan's boards propose from the ledger: each fact once, nobody below the base, nobody twice at a time (HJ-2.1b)."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, BoardEntry, Cadre, Client, Unit
from models import Rule as RuleRow
from models.access.actor import Actor
from models.audit import record
from rules.board_count import Candidate, candidates
from rules.board_rule import BoardRule, Standing
from rules.boards import FLOW, RUNNING, BoardState
from rules.localtime import instant_at, local_day
from rules.months import add_months
from rules.plan import Rule
from rules.text import _
from services import plans
from services.boards.facts import facts
from services.boards.telling import tell_charged

WHO: dict[Standing, Any] = {Standing.PLACE: Client, Standing.HOUSEHOLD: Client, Standing.CADRE: Cadre, Standing.UNIT: Unit}
COLUMN = {Client: "client", Cadre: "cadre", Unit: "unit"}


def propose(session: Session, area: Area, rule: Rule[BoardRule], *, by: Actor, now: datetime) -> int:
    """Write what one rule proposes in one township; returns how many are new. Twice or at once: the key is unique."""
    today = local_day(now)
    since = instant_at(add_months(today, -rule.params.span_months), time(0))
    earlier = _earlier(session, rule, area)
    known = [one for one in earlier if one.state is not BoardState.WITHDRAWN]
    spent = {source for one in known for source in one.sources.strip(",").split(",")}
    standing = {one.client_id or one.cadre_id or one.unit_id or 0 for one in known if one.state in RUNNING}
    found = candidates(facts(session, rule.params, area, since), rule, today, spent, standing)
    return sum(_write(session, rule, one, earlier, by, now) for one in found)


def subject_columns(rule: BoardRule, subject: Any) -> dict[str, Any]:
    """The columns of an entry about this client, cadre or unit."""
    return {COLUMN[WHO[rule.stands]]: subject, "area": subject.area}


def written(session: Session, rule: Rule[BoardRule], **columns: Any) -> BoardEntry:
    """A new entry with what its rule says of it."""
    row = BoardEntry(rule_id=plans.rule_row(session, rule).id, board=rule.title, colour=rule.params.colour, basis=str(rule.basis), state=FLOW.start, **columns)
    session.add(row)
    session.flush()
    return row


def _earlier(session: Session, rule: Rule[BoardRule], area: Area) -> list[BoardEntry]:
    """Entries under any version of the rule here."""
    found = select(BoardEntry).join(RuleRow, RuleRow.id == BoardEntry.rule_id)
    return list(session.scalars(found.where(RuleRow.code == rule.id, BoardEntry.area_path.startswith(area.path, autoescape=True))))


def _write(session: Session, rule: Rule[BoardRule], one: Candidate, earlier: Iterable[BoardEntry], by: Actor, now: datetime) -> int:
    """After a withdrawal the same facts may be proposed again under a key of their own."""
    again = sum(row.key.partition("#")[0] == one.key for row in earlier)
    subject = session.get_one(WHO[rule.params.stands], one.subject)
    row = written(
        session, rule, **subject_columns(rule.params, subject), key=f"{one.key}#{again}" if again else one.key, n=one.n, k=one.k,
        grounds=_("{span}个月内{n}次，其中{k}次发现问题").format(span=rule.params.span_months, n=one.n, k=one.k),
        evidence=[{"source": fact.source, "on": fact.on.isoformat(), "bad": fact.bad} for fact in one.facts],
        sources=",".join(["", *(fact.source for fact in one.facts), ""]), words=rule.params.said(one.n, one.k),
        proposed_by=by.name, proposed_by_id=by.account_id, proposed_at=now,
    )  # fmt: skip
    record(session, "board.proposed", row, by=by, now=now)
    tell_charged(session, row, _("有一条红黑榜建议等人确认"), now)
    return 1
