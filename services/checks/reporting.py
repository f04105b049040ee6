"""Gather what the spot-check report prints; each making is on record (SJ-3.2, QY-2.3c)."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.spot_data import OrderRow, PickRow, SpotReport, StratumRow
from models import Account, Area, Draw, Pick
from models.access.actor import Actor
from models.audit import record
from rules.draws import DrawState, PickState
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.roles import Role
from rules.text import _
from services import plans
from services.checks.findings import figures, orders_of
from services.checks.picks import Line, lines, sheet_for
from services.checks.sheets import Sheet
from services.verbs import verb


@verb("draw.report", _("出具抽查报告"), Role.DISCIPLINE, Role.LEADER)
def spot_report(session: Session, draw: Draw, kind: str, *, by: Actor, now: datetime) -> SpotReport:
    """The closed draw, ready for print; lines about the reader himself are counted but not shown.

    Raises RuleBroken("draw-running").
    """
    if draw.state is not DrawState.CLOSED:
        raise RuleBroken("draw-running", _("抽查结束以后才能出报告。"))
    found, sheet = lines(session, draw), sheet_for(session, draw, draw.drawn_at or now)
    names = _names(session, found)
    shown = [one for one in found if one.pick.cadre_id is None or one.pick.cadre_id != by.cadre_id]
    record(session, "draw.report", draw, by=by, now=now, detail=kind)
    return SpotReport(
        township=session.get_one(Area, draw.area_id).name, number=draw.number, purpose=draw.purpose, method=draw.method.label, frame=draw.kind.label,
        frame_size=len(draw.frame), frame_hash=draw.frame_hash, commitment=draw.commitment, dice=draw.dice, seed=draw.seed or "", drawn_at=draw.drawn_at,
        drawn_by=draw.drawn_by, size_how=_("样本量：{how}。").format(how=draw.reckoned) if draw.reckoned else "", redraw=_redraw(session, draw), strata=_strata(draw, found),
        picks=tuple(_pick(at, one, sheet, names, found) for at, one in enumerate(shown, start=1)),
        orders=tuple(OrderRow(one.number, one.matter, one.cadre.name if one.cadre else "", one.state.label, one.due_on) for one in orders_of(session, draw)),
        results=figures(found), basis=_basis(session, draw, sheet), made_on=local_day(now), made_by=by.name,
    )  # fmt: skip


def _names(session: Session, found: list[Line]) -> dict[int | None, str]:
    ids = {one.pick.inspector_id for one in found} | {one.pick.second_id for one in found if one.pick.second_id}
    return {one.id: one.person for one in session.scalars(select(Account).where(Account.id.in_(ids)))}


def _strata(draw: Draw, found: list[Line]) -> tuple[StratumRow, ...]:
    listed = Counter(stratum for stratum, _id in draw.frame)
    drawn = Counter(one.pick.stratum for one in found if one.pick.replaces_id is None)
    return tuple(StratumRow(name, listed[name], drawn[name]) for name in sorted(listed))


def _pick(at: int, line: Line, sheet: Sheet, names: dict[int | None, str], found: list[Line]) -> PickRow:
    pick, check = line.pick, line.check
    answers = tuple((item.question, sheet.said(item, check.answers[item.code])) for item in sheet.items if check and item.code in check.answers)
    who = "、".join(names[number] for number in (pick.inspector_id, pick.second_id) if number in names)
    return PickRow(
        at, pick.stratum, pick.client.name, pick.cadre.name if pick.cadre else "", who, pick.state.label, len(line.calls),
        line.calls[-1].outcome.label if line.calls else "", check.differing if check else 0, check.found if check else 0,
        check.reason if check else "", pick_reason(pick, found), answers,
    )  # fmt: skip


def pick_reason(pick: Pick, found: list[Line]) -> str:
    """Why a pick was replaced or not reached: written on it, or on the one that took its place."""
    if pick.state not in {PickState.REPLACED, PickState.UNREACHABLE}:
        return ""
    after = next((one.pick.reason for one in found if one.pick.replaces_id == pick.id), "")
    return pick.reason or after


def _redraw(session: Session, draw: Draw) -> str:
    before = session.get(Draw, draw.redraw_of_id) if draw.redraw_of_id else None
    return before.ended_why if before else ""


def _basis(session: Session, draw: Draw, sheet: Sheet) -> tuple[str, ...]:
    drawn = [str(rule.basis) for rule in plans.book(session).versions(draw.rule.code)] if draw.rule else []
    return tuple(dict.fromkeys([*drawn, str(sheet.rule.basis)]))
