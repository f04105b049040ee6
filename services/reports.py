"""Gather what the month's sheet, the notice and an order letter print; each making is on record."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from documents.letters.sanction import SanctionLetter
from documents.reports_data import MonthlyReport, OrderLetter
from models import Area, Order, Round, Sanction, Snapshot
from models.access.actor import Actor
from models.audit import record
from rules.consequence import ConsequenceRule
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.months import Month
from rules.roles import Role
from rules.text import _
from services import plans
from services.followup.sharing import shares_of
from services.rounds import figures
from services.rounds.survey import survey_of
from services.verbs import verb

PEOPLE = tuple(role for role in Role if role not in {Role.SYSTEM, Role.SECURITY, Role.AUDIT})


@verb("report.make", _("出具测评统计"), Role.CLERK, Role.LEADER, Role.DISCIPLINE)
def monthly_report(
    session: Session, round_: Round, kind: str, *, by: Actor, now: datetime, edition: int | None = None
) -> MonthlyReport:
    """One edition of a frozen round (the newest if None), ready for print; `kind` names the paper on record.

    Raises RuleBroken("not-frozen").
    """
    snapshot = _edition(session, round_, edition)
    shown = figures.frozen(session, snapshot, by)
    survey, _scale = survey_of(session, round_)
    led = [rule for rule in plans.book(session).rules_of(ConsequenceRule) if rule.params.survey == survey.id]
    record(session, "report.made", snapshot, by=by, now=now, detail=f"{kind} {snapshot.number}")
    return MonthlyReport(
        township=_township(session, round_.area_id), month=Month.parse(round_.month).label, title=survey.title,
        number=snapshot.number, edition=snapshot.edition, digest=snapshot.digest, frozen_at=snapshot.frozen_at,
        frozen_by=snapshot.frozen_by, reason=snapshot.reason, opened_at=round_.opens_at,
        closed_at=round_.closed_at or round_.closes_at, totals=shown.totals, cadres=shown.cadres,
        villages=shown.villages, orders=_orders(session, round_),
        sanctions=_sanctions(session, round_), floor=shown.floor,
        basis=tuple(dict.fromkeys((str(survey.basis), *(str(rule.basis) for rule in led)))),
    )  # fmt: skip


@verb("order.print", _("打印督办单"), *PEOPLE)
def order_letter(session: Session, order: Order, *, by: Actor, now: datetime) -> OrderLetter:
    """The order as a paper; the caller has found it visible for `by`."""
    record(session, "order.printed", order, by=by, now=now)
    return OrderLetter(
        township=_township(session, order.area_id), number=order.number, source=order.source.label, matter=order.matter, cadre=order.cadre.name + _beside(session, order),
        unit=order.cadre.unit.name if order.cadre.unit else "", basis=order.basis, feedback=order.feedback,
        request=order.request, due_on=order.due_on, due_steps=tuple(order.due_steps), issued_by=order.issued_by,
        issued_on=local_day(order.issued_at) if order.issued_at else None,
        received_on=local_day(order.received_at) if order.received_at else None, reply=order.reply,
        replied_on=local_day(order.replied_at) if order.replied_at else None, remark=order.remark,
        ended_on=local_day(order.ended_at) if order.ended_at else None, state=order.state.label,
    )  # fmt: skip


@verb("sanction.print", _("打印告知书"), *PEOPLE)
def sanction_letter(session: Session, row: Sanction, *, by: Actor, now: datetime) -> SanctionLetter:
    """The notice of a decision that the person was told of; the caller has found it visible for `by`."""
    record(session, "sanction.print", row, by=by, now=now)
    months = (_("{month}企业满意度测评有不满意评价。").format(month=Month.parse(one["month"]).label) for one in row.evidence)
    told = row.notified_at or now
    return SanctionLetter(
        township=_township(session, row.area_id), cadre=row.cadre.name, unit=row.cadre.unit.name if row.cadre.unit else "", title=row.title,
        facts=(*months, *([row.facts] if row.facts else [])), basis=row.basis, reason=row.reason, decided_by=row.decided_by,
        decided_on=local_day(row.decided_at or told), notified_on=local_day(told), review_until=row.review_until or local_day(told),
        appeal_until=row.appeal_until or local_day(told), expires_on=row.expires_on,
    )  # fmt: skip


def _beside(session: Session, order: Order) -> str:
    """Who shares it, behind the name of the lead."""
    names = "、".join(one.cadre.name for one in shares_of(session, order))
    return _("（配合：{names}）").format(names=names) if names else ""


def _edition(session: Session, round_: Round, edition: int | None) -> Snapshot:
    wanted = select(Snapshot).where(Snapshot.round_id == round_.id).order_by(Snapshot.edition.desc())
    found: Snapshot | None = session.scalars(
        wanted if edition is None else wanted.where(Snapshot.edition == edition)
    ).first()
    if found is None:
        raise RuleBroken("not-frozen", _("{round}还没有归档，不能出表。"), round=round_.title)
    return found


def _township(session: Session, area_id: int) -> str:
    return session.get_one(Area, area_id).name


def _orders(session: Session, round_: Round) -> int:
    return session.scalar(select(func.count(Order.id)).where(Order.round_id == round_.id)) or 0


def _sanctions(session: Session, round_: Round) -> int:
    """How many rest on this round; there are few, so they are looked through."""
    rows: Iterable[list[dict[str, str]]] = session.scalars(select(Sanction.evidence).where(Sanction.area_id == round_.area_id))
    return sum(any(one["id"] == str(round_.id) for one in evidence) for evidence in rows)
