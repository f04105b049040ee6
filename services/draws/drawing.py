"""From the promise to the people: the server value is promised, then the dice are thrown in the room (SJ-3.2)."""

import secrets
from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Draw, Pick
from models.access.actor import Actor
from models.audit import record
from rules.draw import Member, check_able, check_frame, digest, inspectors, orders, picks, seed
from rules.draws import FLOW, DrawState, PickState, check_settled
from rules.errors import NotAllowed
from rules.roles import Role
from rules.sample_size import allocate
from rules.strata import Candidate
from rules.text import _
from services.draws.framing import facts_of
from services.draws.recusing import conflicts
from services.locking import lock
from services.verbs import verb


@verb("draw.commit", _("公布承诺值"), Role.DISCIPLINE, Role.LEADER)
def commit(session: Session, draw: Draw, *, by: Actor, now: datetime) -> None:
    """A server value is made and its fingerprint shown; again is quiet, so that nobody picks among values.

    Raises RuleBroken("move-not-allowed"), NotAllowed("not-your-draw").
    """
    hold(session, draw, by)
    if draw.state is DrawState.COMMITTED:
        return
    draw.state = FLOW.step(draw.state, "commit")
    draw.server_value = value = secrets.token_hex(32)
    draw.commitment, draw.committed_by, draw.committed_at = digest(value), by.name, now
    record(session, "draw.commit", draw, by=by, now=now)


@verb("draw.reveal", _("掷骰抽取"), Role.DISCIPLINE, Role.LEADER)
def reveal(session: Session, draw: Draw, dice: str, *, by: Actor, now: datetime) -> list[Pick]:
    """Whom the dice fell on, each with who checks it; the second of two who press at once is refused.

    Whether everybody listed finds an inspector is asked before the dice are looked at: a refusal never depends on them.

    Raises RuleBroken as `rules.draw.seed` and `inspectors`, ("frame-changed"), ("move-not-allowed"), NotAllowed("not-your-draw").
    """
    hold(session, draw, by)
    frame = frame_of(draw)
    check_frame(frame, draw.frame_hash)
    state = FLOW.step(draw.state, "reveal")
    facts = facts_of(session, draw.kind, [one.id for one in frame])
    apart = conflicts(session, draw.able, list(facts.values()))
    check_able(draw.able, apart, draw.per_target)
    used = session.scalars(select(Draw.seed).where(Draw.seed.is_not(None))).all()
    made = seed(draw.server_value or "", draw.commitment, dice, [one for one in used if one])
    order = orders(made, frame)
    drawn = picks(order, allocate(Counter(member.stratum for member in frame), draw.size, draw.weights))
    draw.conflicts = {one: apart[one] for ids in drawn.values() for one in ids if one in apart}
    found = [
        picked(draw, made, stratum, order[stratum], facts[one], draw.conflicts.get(one, ())) for stratum, ids in drawn.items() for one in ids
    ]
    draw.state, draw.seed, draw.dice = state, made, "".join(dice.split())
    draw.drawn_by, draw.drawn_at = by.name, now
    session.add_all(found)
    session.flush()
    record(session, "draw.reveal", draw, by=by, now=now)
    return found


@verb("draw.close", _("结束抽查"), Role.DISCIPLINE, Role.LEADER)
def close(session: Session, draw: Draw, *, by: Actor, now: datetime) -> None:
    """From now on leaders may read it; raises RuleBroken("picks-waiting", "move-not-allowed"), NotAllowed("not-your-draw")."""
    hold(session, draw, by)
    waiting = select(func.count(Pick.id)).where(Pick.draw_id == draw.id, Pick.state == PickState.WAITING)
    state = FLOW.step(draw.state, "close")
    check_settled(session.scalar(waiting) or 0)
    draw.state, draw.ended_by, draw.ended_at = state, by.name, now
    record(session, "draw.close", draw, by=by, now=now)


def picked(draw: Draw, seed_: str, stratum: str, order: Collection[str], one: Candidate, apart: Collection[int]) -> Pick:
    """A row for one of those drawn, with who checks it; raises RuleBroken("nobody-free")."""
    who = inspectors(seed_, one.id, map(str, draw.able), [str(number) for number in apart], draw.per_target)
    return Pick(
        draw_id=draw.id, stratum=stratum, position=list(order).index(one.id) + 1, target=one.id, client_id=one.client_id,
        invitation_id=one.invitation_id, cadre_id=one.cadre_id, inspector_id=int(who[0]), second_id=int(who[1]) if len(who) > 1 else None,
    )  # fmt: skip


def frame_of(draw: Draw) -> list[Member]:
    return [Member(stratum, one) for stratum, one in draw.frame]


def hold(session: Session, draw: Draw, by: Actor) -> None:
    """The row until the commit; a leader acts on the draw he leads, the office on its own.

    Raises NotAllowed("not-your-draw").
    """
    lock(session, draw)
    leads = draw.led_by_id == by.account_id if draw.led_by_id else by.role is Role.DISCIPLINE
    if not by.is_system and not leads:
        raise NotAllowed("not-your-draw", _("这次抽查由别人主持，您不能办理。"))
