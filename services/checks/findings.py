"""抽查结果: the figures of a draw, and one order for each cadre about whom something was found (SJ-3.2, QY-2.3d)."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Cadre, Check, Draw, Order
from models.access.actor import Actor
from models.audit import record
from rules.checks import CheckState
from rules.draws import DrawState, PickState
from rules.errors import RuleBroken
from rules.order_source import OrderSource
from rules.roles import Role
from rules.spot_results import Results, Visit, results
from rules.text import _
from services.checks.ordering import found_lines
from services.checks.picks import Line, lines
from services.checks.sheets import sheet_of
from services.followup.clocks import clock_for
from services.followup.drafting import draft
from services.locking import lock
from services.verbs import verb

ANSWERED = frozenset({CheckState.SIGNED, CheckState.CLOSED})


def figures(found: list[Line]) -> Results:
    """Rates of the picks that stand; who refused counts as no response."""
    return results(_visit(one) for one in found)


def _visit(line: Line) -> Visit:
    check = line.check if line.check is not None and line.check.state in ANSWERED else None
    return Visit(
        whom=line.pick.cadre.name if line.pick.cadre else _("（没有责任人）"), answered=check is not None,
        differing=check is not None and check.differing > 0, found=check is not None and check.found > 0, replaced=line.pick.state is PickState.REPLACED,
    )  # fmt: skip


@verb("draw.order", _("由抽查结果拟督办单"), Role.DISCIPLINE, Role.LEADER)
def order(session: Session, draw: Draw, *, by: Actor, now: datetime) -> list[Order]:
    """One draft for each cadre, naming no shop and no person asked; asked again they are the same.

    What concerns the actor himself is left to somebody else. Raises RuleBroken("draw-running", "nothing-found").
    """
    lock(session, draw)
    if draw.state is not DrawState.CLOSED:
        raise RuleBroken("draw-running", _("抽查结束以后才能拟督办单，免得名单在查完以前传出去。"))
    found: dict[int, list[Check]] = defaultdict(list)
    for one in to_order(session, draw):
        if one.cadre_id is not None and one.cadre_id != by.cadre_id:
            found[one.cadre_id].append(one)
    if not found:
        raise RuleBroken("nothing-found", _("没有要拟督办单的：没有发现问题，或者涉及的是您本人、没有责任人。"))
    made = [_draft(session, draw, session.get_one(Cadre, cadre), checks, by, now) for cadre, checks in sorted(found.items())]
    record(session, "draw.order", draw, by=by, now=now)
    return made


def to_order(session: Session, draw: Draw) -> list[Check]:
    """Answered sheets with something found or differing."""
    return [one.check for one in lines(session, draw) if one.check is not None and one.check.state in ANSWERED and (one.check.found or one.check.differing)]


def _draft(session: Session, draw: Draw, cadre: Cadre, checks: list[Check], by: Actor, now: datetime) -> Order:
    sheet, said = sheet_of(session, checks[0]), dict.fromkeys(line for one in checks for line in found_lines(one, sheet_of(session, one)))
    differing = sum(one.differing > 0 for one in checks)
    request = [_("抽查{n}户发现问题，其中{k}户与台账不一致。").format(n=len(checks), k=differing), *said]
    row = draft(
        session, source=OrderSource.SPOT_CHECK, clock=clock_for(session, sheet.rule.params, now), key=f"draw:{draw.id}:{cadre.id}", area_id=draw.area_id, cadre_id=cadre.id, round_id=draw.round_id, by=by, now=now,
        matter=_("{method}（{number}）发现{n}户有问题").format(method=draw.method.label, number=draw.number, n=len(checks))[:200],
        request="\n".join(request)[:4000], basis=str(sheet.rule.basis), evidence=[{"check": one.id} for one in checks],
    )  # fmt: skip
    for one in checks:
        one.order_id = row.id
    return row


def orders_of(session: Session, draw: Draw) -> list[Order]:
    """Drafted from this draw, in order of their numbers."""
    ids = select(Check.order_id).where(Check.pick_id.in_([one.pick.id for one in lines(session, draw)]), Check.order_id.is_not(None))
    return list(session.scalars(select(Order).where(Order.id.in_(ids)).order_by(Order.id)))
