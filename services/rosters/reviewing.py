"""Doubts of a roster as items that a person settles; the same doubt is raised once, however often it is imported."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Assignment, ImportBatch, ReviewItem
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.importing import Decision
from rules.roles import Role
from rules.rosters.identity import Place
from rules.rosters.report import Finding, RosterReport
from rules.text import _
from services.verbs import verb

Noted = Callable[[str, int], None]
OTHER_HOLDER = _("企业已由别人负责，名单上的责任人没有写入。换人请办“移交”。")


def raise_doubts(
    session: Session, batch: ImportBatch, report: RosterReport, placed: Mapping[Place, Assignment | None],
    noted: Noted, now: datetime,
) -> None:  # fmt: skip
    """One item per finding, and one per row whose enterprise somebody else already covers."""
    for finding in report.findings:
        held = [row for at in finding.rows if (row := placed.get(at)) is not None]
        rows = [report.place_in_file(at) for at in finding.rows]
        _raise(session, batch, finding.kind, _key(finding, held), finding.subject, str(finding.said), rows, held, noted)
    for entry in report.entries:
        if entry.at in placed and placed[entry.at] is None:
            key = f"other-holder:{batch.area_id}:{entry.kind.value}:{entry.enterprise}:{entry.person}"
            rows = [report.place_in_file(entry.at)]
            subject = f"{entry.enterprise} — {entry.person}"
            _raise(session, batch, "other-holder", key, subject, OTHER_HOLDER, rows, [], noted)


def _key(finding: Finding, held: list[Assignment]) -> str:
    """The same people and enterprises give the same key; self-dealing is asked per enterprise and person."""
    if finding.kind == "self-dealing" and len(held) == 1:
        return f"self-dealing:{held[0].client_id}:{held[0].cadre_id}"
    ends = sorted({f"{row.client_id}-{row.cadre_id}" for row in held})
    return f"{finding.kind}:{finding.subject}:{hashlib.sha256('|'.join(ends).encode()).hexdigest()[:16]}"


def _raise(
    session: Session, batch: ImportBatch, kind: str, key: str, subject: str, message: str, rows: list[str],
    held: list[Assignment], noted: Noted,
) -> None:  # fmt: skip
    if session.scalar(select(ReviewItem.id).where(ReviewItem.key == key[:160])) is not None:
        return
    people = {"clients": sorted({row.client_id for row in held}), "cadres": sorted({row.cadre_id for row in held})}
    item = ReviewItem(
        batch_id=batch.id, key=key[:160], kind=kind, subject=subject[:160], message=message, rows=rows, people=people,
        area_id=batch.area_id, area_path=batch.area_path,
    )  # fmt: skip
    session.add(item)
    session.flush()
    noted("review_items", item.id)


@verb("review.settle", _("定夺待核事项"), Role.CLERK)
def settle(
    session: Session, item: ReviewItem, decision: Decision, remark: str, *, by: Actor, now: datetime
) -> None:
    """A person's decision with his name; raises RuleBroken("reason-missing"), ("own-doubt")."""
    if by.cadre_id is not None and by.cadre_id in item.people.get("cadres", ()):
        raise RuleBroken("own-doubt", _("这条涉及您本人，请交由其他同志定夺。"))
    if decision is not Decision.OPEN and not remark.strip():
        raise RuleBroken("reason-missing", _("请写明怎样核实的，例如：电话向店主核实。"))
    item.decision, item.remark = decision, remark.strip()[:200]
    item.decided_by, item.decided_at = by.name, now
    record(session, "review.settled", item, by=by, now=now)
