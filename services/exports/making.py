"""Make the file: at once while the person waits, or as a job with the person's own eyes at the time it runs."""

import hashlib
import io
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, func, select

from documents.sheets import WRITERS
from models import Account, Area, Export, db
from models.access.actor import Actor
from models.access.session import ActorSession, working
from models.audit import record
from models.engine import reading
from rules.errors import NotAllowed
from rules.exporting import AT_ONCE, KEPT, ExportState
from rules.jobs import JobState
from rules.notices import Channel
from rules.periods import Period
from rules.text import _
from services.desk import Desk
from services.exports.register import Done, Wanted, allow_full, check, complete, enter, new_number, refuse
from services.jobs import enqueue
from services.lists.eyes import Eyes
from services.lists.sheets import Listing, footer, sheet_of
from services.outbox import queue_notice
from services.sweeping import SWEEPER, Counts
from services.verbs import verb
from services.who import actor_of
from services.work import Work

STEP = 1000
KIND = "export"


@dataclass(frozen=True)
class Made:
    """`file` is None when the file is still to be made by a job."""

    id: int
    title: str
    file: IO[bytes] | None


@contextmanager
def looking(engine: Engine, by: Actor) -> Iterator[ActorSession]:
    """The person's own session for a long read: narrowed like his pages, keeping no writer waiting."""
    token = reading.set(True)
    try:
        with ActorSession(engine, info={"actor": by}) as session:
            yield session
    finally:
        reading.reset(token)


def listing_of(wanted: Wanted, by: Actor) -> Listing:
    return Listing(wanted.model, wanted.args, Eyes(by), Eyes(by, full=wanted.full))


def take_out(engine: Engine, wanted: Wanted, *, by: Actor, now: datetime) -> Made:
    """A list as a file, registered before the first byte leaves; too long a one becomes a job. Raises as `check`."""
    check(wanted, by)
    listing, number = listing_of(wanted, by), new_number(now)
    file: IO[bytes] | None = None
    with looking(engine, by) as session:
        listing.hunt(session)
        many = session.scalar(_count(listing, AT_ONCE + 1)) or 0
        unit = session.scalar(select(Area.name).where(Area.path == by.area_path)) or ""
        if many <= AT_ONCE:
            file = io.BytesIO()
            done = write(file, session, listing, wanted, footer(by.name, unit, number, listing.said(), wanted.reason, now))
    with working(engine, by) as session:
        row = enter(session, wanted, listing, number, by=by, now=now)
        if wanted.full:
            allow_full(session, row, by=by, now=now)
        if file:
            complete(session, row, done, listing.is_personal, by=by, now=now)
        else:
            job = enqueue(session, KIND, f"export:{number}", {"export": row.id}, title=_("导出{ledger}").format(ledger=row.ledger), run_at=now, account_id=by.account_id)
            session.flush()
            row.job_id = job.id
        session.commit()
        return Made(row.id, row.ledger, file)


def _count(listing: Listing, most: int | None = None) -> Any:
    found = listing.ledger.narrow(select(listing.ledger.pk).select_from(listing.model), listing.ask).limit(most).subquery()
    return select(func.count()).select_from(found)


def write(out: IO[bytes], session: ActorSession, listing: Listing, wanted: Wanted, lines: list[str], tick: Callable[[int], None] = lambda n: None) -> Done:
    """The file into `out`, rewound, with its digest."""
    def told() -> Iterator[list[Any]]:
        for n, row in enumerate(listing.rows(session), 1):
            yield row
            if n % STEP == 0:
                tick(n)

    rows = WRITERS[wanted.kind](out, sheet_of(listing, told(), lines))  # type: ignore[arg-type]
    out.seek(0)
    digest = hashlib.file_digest(out, "sha256").hexdigest()  # type: ignore[arg-type]
    size = out.tell()
    out.seek(0)
    return Done(rows, digest, size)


def run(work: Work) -> str:
    """The job: asks again who the person is now, writes with his eyes, keeps the file for him alone."""
    row = work.session.get_one(Export, work.argument("export"))
    wanted = Wanted(_model(row.table), row.asked, row.kind, row.reason, row.full)
    by, facts, number = _still(work, row, wanted), (row.number, row.at, row.reason), row.id
    unit = row.area.name
    work.session.commit()
    listing, folder = listing_of(wanted, by), work.desk.settings.files / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(16)
    path = folder / token
    try:
        with looking(work.desk.engine, by) as session, path.open("w+b") as out:
            listing.hunt(session)
            work.step(0, session.scalar(_count(listing)) or 0)
            lines = footer(by.name, unit, facts[0], listing.said(), facts[2], facts[1])
            done = write(out, session, listing, wanted, lines, work.step)
        row = work.session.get_one(Export, number)
        row.token, now = token, work.desk.clock()
        complete(work.session, row, done, listing.is_personal, by=by, now=now)
        queue_notice(
            work.session, key=f"export-ready:{row.id}", channel=Channel.INBOX, account_id=row.account_id, run_at=now,
            subject=_("导出好了：{ledger}，{n}行").format(ledger=row.ledger, n=done.rows), link=f"/exports/{row.id}",
        )  # fmt: skip
        work.held_row()
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return _("已生成，{n}行").format(n=done.rows)


def given_up(session: ActorSession, work: Work, why: str, now: datetime) -> None:
    """The job failed for good: its line says so, and the person who waits is told."""
    row = session.get_one(Export, work.argument("export"))
    refuse(session, row, why, by=session.info["actor"], now=now)
    queue_notice(
        session, key=f"export-failed:{row.id}", channel=Channel.INBOX, account_id=row.account_id, run_at=now,
        subject=_("导出没有生成：{ledger}").format(ledger=row.ledger), body=why, link=f"/exports/{row.id}",
    )  # fmt: skip


def _model(name: str) -> type:
    known: Any = db.Model
    found: type = next(mapper.class_ for mapper in known.registry.mappers if mapper.class_.__name__ == name)
    return found


def _still(work: Work, row: Export, wanted: Wanted) -> Actor:
    """The person as he is now; raises NotAllowed when he has left or changed office since he asked."""
    account = work.session.get_one(Account, row.account_id)
    by = actor_of(account)
    if not account.active or by.role is None or by.role.label != row.role:
        raise NotAllowed("not-allowed", _("您的账号或角色已变动，这份导出没有生成；如仍需要，请重新导出。"))
    check(wanted, by)
    return by


@verb("export.clean", _("清理导出文件"))
def clean(session: Any, row: Export, *, by: Actor, now: datetime) -> None:
    row.state, row.token = ExportState.EXPIRED, None
    record(session, "export.cleaned", row, by=by, now=now)


def clean_old(desk: Desk, period: Period) -> Counts:
    """Files are kept for a week; the line stays."""
    old = select(Export).where(Export.token.is_not(None), Export.at < desk.clock() - KEPT).limit(500)
    with working(desk.engine, SWEEPER) as session:
        rows = list(session.scalars(old))
        for row in rows:
            with suppress(OSError):
                path_of(desk.settings.files, row).unlink()
            clean(session, row, by=SWEEPER, now=desk.clock())
        session.commit()
    for path in (desk.settings.files / "exports").glob("*"):  # what a killed worker left half written has no line
        with suppress(OSError):
            if path.stat().st_mtime < (desk.clock() - KEPT).timestamp():
                path.unlink()
    return {"exports": len(rows)}


def path_of(files: Path, row: Export) -> Path:
    return files / "exports" / str(row.token)


def is_over(state: JobState) -> bool:
    return state not in {JobState.WAITING, JobState.RUNNING}
