"""The export register: a number before the first byte, what became of the file, and who is told (trust G37, G38)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Area, Export
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed
from rules.exporting import MOST_PERSONAL, WATCHED, ExportState, check_reason
from rules.localtime import local
from rules.roles import BUSINESS, Role
from rules.text import _
from services.account_notices import warn
from services.ledgers import may_screen
from services.lists.sheets import Listing
from services.verbs import may, verb


@dataclass(frozen=True)
class Wanted:
    """What a person asks to take out: the list's own address arguments, the kind of file, and how openly."""

    model: type
    args: Mapping[str, str]
    kind: str
    reason: str = ""
    full: bool = False


@dataclass(frozen=True)
class Done:
    rows: int
    digest: str
    size: int


def new_number(now: datetime) -> str:
    return f"DC-{local(now):%Y%m%d-%H%M%S}-{secrets.token_hex(3).upper()}"


def check(wanted: Wanted, by: Actor) -> None:
    """Raises NotAllowed, RuleBroken("reason-missing")."""
    if not may_screen(by, "export", wanted.model):
        raise NotAllowed("not-allowed", _("您的角色不能导出这本台账，如确需办理请联系党政综合办。"))
    if wanted.full and not may(by, "ledger.export_full"):
        raise NotAllowed("not-allowed", _("您的角色不能导出完整电话，请导出遮盖的，或请党政综合办办理。"))
    if wanted.full:
        check_reason(wanted.reason)


@verb("ledger.export", _("导出台账"), *BUSINESS, Role.AUDIT)
def enter(session: Session, wanted: Wanted, listing: Listing, number: str, *, by: Actor, now: datetime) -> Export:
    """The line of an export that is about to be made; raises as `check`."""
    check(wanted, by)
    place = session.scalars(select(Area).where(Area.path == by.area_path)).one()
    row = Export(
        number=number, ledger=listing.title, table=wanted.model.__name__, by=by.name, role=by.role.label if by.role else "",
        at=now, reason=wanted.reason.strip()[:200], full=wanted.full, said=listing.said(), columns="、".join(listing.heads),
        kind=wanted.kind, asked=dict(wanted.args), account_id=by.account_id, area_id=place.id, area_path=place.path,
    )  # fmt: skip
    session.add(row)
    session.flush()
    detail = f"{number}，{row.ledger}，{row.said}，用途：{row.reason or '未填'}"
    record(session, "ledger.exported", row, by=by, now=now, detail=detail)
    return row


@verb("ledger.export_full", _("导出完整电话"), Role.CLERK, Role.DISCIPLINE)
def allow_full(session: Session, row: Export, *, by: Actor, now: datetime) -> None:
    """On record apart from the export itself: telephones left in full."""
    record(session, "ledger.export_full", row, by=by, now=now, detail=row.reason)


@verb("ledger.export_refused", _("导出未成"), *BUSINESS, Role.AUDIT)
def refuse(session: Session, row: Export, why: str, *, by: Actor, now: datetime) -> None:
    """No file came of it: stopped by the person, or failed; a second call changes nothing."""
    if row.state is ExportState.WAITING:
        row.state = ExportState.REFUSED
        record(session, "ledger.export_refused", row, by=by, now=now, detail=f"{row.number}，{why}")


@verb("ledger.export_done", _("导出完成"), *BUSINESS, Role.AUDIT)
def complete(session: Session, row: Export, done: Done, is_personal: bool, *, by: Actor, now: datetime) -> None:
    """The finished file's rows and digest; the auditor is told when one person takes much within an hour."""
    row.state, row.rows, row.digest, row.size = ExportState.READY, done.rows, done.digest, done.size
    row.personal = done.rows if is_personal else 0
    record(session, "ledger.export_done", row, by=by, now=now, detail=f"{row.number}，{done.rows}行，{done.digest}")
    session.flush()
    taken = select(func.sum(Export.personal)).where(Export.account_id == row.account_id, Export.at > now - WATCHED)
    if (session.scalar(taken) or 0) > MOST_PERSONAL and row.personal:
        subject = _("{who}一小时内导出个人信息超过{n}条").format(who=row.by, n=MOST_PERSONAL)
        body = _("最近一次：{number}，{ledger}，{rows}行。请在“导出登记”核对。").format(number=row.number, ledger=row.ledger, rows=row.rows)
        warn(session, frozenset({Role.AUDIT}), subject, body, key=f"export-much:{row.id}", now=now)
        session.info["wake"] = True
