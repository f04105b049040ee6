"""Proof that nobody rewrote history: every link, every anchor, and the first place where they part."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select

from models import Event
from models.access.actor import system
from models.access.session import ActorSession, working
from models.event import GENESIS, link_hash
from rules.text import Note, _, note
from services.anchors import BadAnchor, read_anchors

BATCH = 2000


@dataclass(frozen=True)
class AuditReport:
    """`first_bad` is the number of the first event that can't be trusted, None when the trouble has no row."""

    events: int
    anchors: int
    head: str
    first_bad: int | None = None
    problem: Note | None = None

    @property
    def is_sound(self) -> bool:
        return self.problem is None


def verify(engine: Engine, home: Path) -> AuditReport:
    """Walk the whole chain in batches and compare it with the anchors in `home`."""
    try:
        anchors = {anchor.event: anchor for anchor in read_anchors(home)}
    except BadAnchor as bad:
        return AuditReport(0, 0, "", None, note(_("锚文件第{line}行被改动过，请与外部留存的锚核对。"), line=bad.args[0]))
    count, before, unseen = 0, GENESIS, set(anchors)
    for row in _events(engine):
        count += 1
        if link_hash(before, row.body()) != row.chain:
            problem = note(_("第{id}号记录与前一条不衔接：它被改动过，或它前面的记录被删过。"), id=row.id)
            return AuditReport(count, len(anchors), before, row.id, problem)
        anchor = anchors.get(row.id)
        if anchor and anchor.chain != row.chain:
            problem = note(_("第{id}号记录与{at}留下的锚不符：这条或更早的记录被整体改写过。"), id=row.id, at=anchor.at)
            return AuditReport(count, len(anchors), before, row.id, problem)
        before = row.chain
        unseen.discard(row.id)
    if unseen:
        problem = note(_("锚记下的第{id}号记录已不在库中：日志尾部被截断过，或恢复了旧备份。"), id=min(unseen))
        return AuditReport(count, len(anchors), before, min(unseen), problem)
    return AuditReport(count, len(anchors), before)


def _events(engine: Engine) -> Iterator[Event]:
    with working(engine, system("核验审计链")) as session:
        last = 0
        while batch := _after(session, last):
            yield from batch
            last = batch[-1].id
            session.expunge_all()


def _after(session: ActorSession, last: int) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.id > last).order_by(Event.id).limit(BATCH)))
