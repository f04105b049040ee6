"""What was drawn stays visible: a replacement follows the fixed order, a void and a redraw keep their reason."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Check, Draw, Pick, Round, Rule
from models.access.actor import Actor
from models.audit import record
from rules.draw import orders, replacement
from rules.draws import FLOW, DrawState, PickState, check_reason
from rules.errors import RuleBroken
from rules.roles import Role
from rules.strata import StratumBy, Weighting
from rules.text import _
from services.draws.drawing import frame_of, hold, picked
from services.draws.framing import facts_of
from services.draws.freezing import Ask, freeze
from services.draws.recusing import conflicts
from services.draws.ruled import draw_rule_of
from services.locking import lock
from services.verbs import verb


@verb("draw.void", _("作废抽查"), Role.DISCIPLINE, Role.LEADER)
def void(session: Session, draw: Draw, reason: str, *, by: Actor, now: datetime) -> None:
    """It stays on the list with its reason; raises RuleBroken("reason-missing", "move-not-allowed"), NotAllowed("not-your-draw")."""
    hold(session, draw, by)
    why = check_reason(reason)
    draw.state, draw.ended_by, draw.ended_at, draw.ended_why = FLOW.step(draw.state, "void"), by.name, now, why
    record(session, "draw.void", draw, by=by, now=now)


@verb("draw.redraw", _("重新抽样"), Role.DISCIPLINE, Role.LEADER)
def redraw(session: Session, draw: Draw, reason: str, *, by: Actor, now: datetime) -> Draw:
    """A new list for the same question; the old draw is void and named on the new one, once.

    Raises RuleBroken("reason-missing", "move-not-allowed") and as `freeze`.
    """
    hold(session, draw, by)
    known: Draw | None = session.scalar(select(Draw).where(Draw.redraw_of_id == draw.id))
    if known is not None:
        return known
    if draw.state is not DrawState.VOIDED:
        void(session, draw, reason, by=by, now=now)
    return freeze(session, _again(session, draw), f"redraw:{draw.id}", by=by, now=now, redraw_of=draw)


def _again(session: Session, draw: Draw) -> Ask:
    """The same question, weighted as its rule says."""
    rule = session.get(Rule, draw.rule_id) if draw.rule_id else None
    known = draw_rule_of(session, rule) if rule else None
    return Ask(
        area=session.get_one(Area, draw.area_id), kind=draw.kind, method=draw.method, purpose=draw.purpose,
        round=session.get(Round, draw.round_id) if draw.round_id else None, by=tuple(StratumBy(one) for one in draw.divided), size=draw.size,  # type: ignore[call-arg]
        per_target=draw.per_target, able=tuple(draw.able), rule=rule,
        led_by=session.get(Account, draw.led_by_id) if draw.led_by_id else None,
        weighting=known.weighting if known else Weighting(),
    )  # fmt: skip


@verb("pick.replace", _("替换抽中对象"), Role.DISCIPLINE, Role.LEADER)
def replace(session: Session, pick: Pick, reason: str, *, by: Actor, now: datetime) -> Pick | None:
    """The next of the same stratum in the fixed order; None, and the pick UNREACHABLE, where nobody is left.

    Replaced twice is quiet. Raises RuleBroken("reason-missing", "pick-settled", "pick-answered", "nobody-free"), NotAllowed("not-your-draw").
    """
    draw = session.get_one(Draw, pick.draw_id)
    hold(session, draw, by)
    lock(session, pick)
    known: Pick | None = session.scalar(select(Pick).where(Pick.replaces_id == pick.id))
    if known is not None or pick.state is PickState.UNREACHABLE:
        return known
    if pick.state is not PickState.WAITING or draw.state is not DrawState.DRAWN:
        raise RuleBroken("pick-settled", _("这个对象{state}，不能再替换。"), state=pick.state.label)
    if session.scalar(select(Check.id).where(Check.pick_id == pick.id)) is not None:
        raise RuleBroken("pick-answered", _("这个对象已经有回答或开始检查，不能再替换；请把它办完。"))
    pick.reason = check_reason(reason)
    row = _next(session, draw, pick)
    pick.state = PickState.REPLACED if row else PickState.UNREACHABLE
    session.flush()
    record(session, "pick.replace", draw, by=by, now=now)
    return row


def _next(session: Session, draw: Draw, pick: Pick) -> Pick | None:
    order = orders(draw.seed or "", frame_of(draw))[pick.stratum]
    taken = set(session.scalars(select(Pick.target).where(Pick.draw_id == draw.id)))
    try:
        target = replacement(order, taken, pick.reason)
    except RuleBroken as spent:
        if spent.code != "stratum-spent":
            raise
        return None
    one = facts_of(session, draw.kind, [target])[target]
    apart = conflicts(session, draw.able, [one])
    row = picked(draw, draw.seed or "", pick.stratum, order, one, apart.get(target, ()))
    row.replaces_id = pick.id
    draw.conflicts = {**draw.conflicts, **apart}
    session.add(row)
    return row
