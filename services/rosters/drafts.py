"""A roster between upload and decision: its cleaned grids sealed on the batch row, gone when it is settled."""

import hashlib
import json
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from documents.grids import read_grids
from models import Area, ImportBatch
from models.access.actor import Actor, system
from models.access.session import working
from models.audit import record
from rules.importing import BatchState
from rules.roles import Role
from rules.rosters.analysis import analyse
from rules.rosters.grid import Cell, Discarded, Grid, Row
from rules.rosters.lookalikes import scrub
from rules.rosters.report import RosterReport
from rules.text import _
from services.verbs import verb

KEPT = timedelta(days=7)


@verb("roster.draft", _("上传名单"), Role.CLERK)
def draft(
    session: Session, township: Area, data: bytes, filename: str, *, by: Actor, now: datetime
) -> ImportBatch:
    """Read a file and keep it, without its credentials, until somebody decides; raises what reading raises."""
    grids = read_grids(data, filename)
    report = analyse(grids)
    batch = ImportBatch(
        filename=scrub(filename)[0][:160], digest=hashlib.sha256(data).hexdigest(), state=BatchState.DRAFT, at=now,
        account_id=by.account_id, area_id=township.id, area_path=township.path, draft=dump(grids),
        counts={key: value for key, value in report.to_json().items() if isinstance(value, int)},
    )  # fmt: skip
    session.add(batch)
    record(session, "roster.drafted", batch, by=by, now=now, detail=batch.filename)
    return batch


def report_of(batch: ImportBatch) -> RosterReport:
    """What a draft holds, read again from its cleaned grids."""
    return analyse(load(batch.draft or "[]"))


@verb("roster.drop", _("放弃名单"), Role.CLERK)
def drop(session: Session, batch: ImportBatch, *, by: Actor, now: datetime) -> None:
    """Not carried out; the content goes, the line stays."""
    if batch.state is BatchState.DRAFT:
        batch.state, batch.draft = BatchState.DROPPED, None
        record(session, "roster.dropped", batch, by=by, now=now)


def drop_stale(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Drafts that nobody decided within a week lose their content."""
    by = system("清理未确认的名单")
    with working(engine, by) as session:
        old = select(ImportBatch).where(ImportBatch.state == BatchState.DRAFT, ImportBatch.at < now - KEPT)
        rows = list(session.scalars(old))
        for row in rows:
            drop(session, row, by=by, now=now)
        session.commit()
    return {"dropped": len(rows)}


def dump(grids: list[Grid]) -> str:
    return json.dumps([
        {
            "title": grid.title, "unread": grid.unread, "cells": grid.discarded.cells,
            "digests": sorted(one.hex() for one in grid.discarded.digests),
            "rows": [[row.number, [[c.text, c.merged_from_above, c.merged_from_left] for c in row.cells]] for row in grid.rows],
        }
        for grid in grids
    ], ensure_ascii=False)  # fmt: skip


def load(text: str) -> list[Grid]:
    return [
        Grid(
            one["title"],
            tuple(Row(number, tuple(Cell(*cell) for cell in cells)) for number, cells in one["rows"]),
            Discarded(one["cells"], frozenset(bytes.fromhex(digest) for digest in one["digests"])),
            one["unread"],
        )
        for one in json.loads(text)
    ]
