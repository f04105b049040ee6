"""The list of a draw is written down once and its fingerprint shown; who may check is settled at the same moment."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Draw, Round, Rule
from models.access.actor import Actor
from models.audit import record
from rules.draw import check_able, frame_hash, frozen
from rules.draws import FLOW, DrawMethod, DrawState, FrameKind, numbered
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.orders import place_in_line
from rules.roles import Role
from rules.sample_size import allocate, needed
from rules.strata import Candidate, StratumBy, Weighting, members, weights
from rules.text import _
from services.draws.framing import candidates
from services.draws.recusing import able, conflicts
from services.verbs import verb


@dataclass(frozen=True)
class Ask:
    """What is to be drawn. `size` 0: reckoned from `margin` (per cent) at `confidence` (per cent)."""

    area: Area
    kind: FrameKind
    method: DrawMethod
    purpose: str
    round: Round | None = None
    by: tuple[StratumBy, ...] = ()
    size: int = 0
    margin: int = 0
    confidence: int = 95
    weighting: Weighting = field(default_factory=Weighting)
    per_target: int = 1
    able: tuple[int, ...] = ()
    rule: Rule | None = None
    led_by: Account | None = None


@verb("draw.freeze", _("固定抽样名单"), Role.DISCIPLINE, Role.LEADER)
def freeze(session: Session, ask: Ask, key: str, *, by: Actor, now: datetime, redraw_of: Draw | None = None) -> Draw:
    """The draw of this `key`, frozen now unless it was before; after a void, the next with the same question is its redraw.

    Raises RuleBroken("purpose-missing", "round-missing", "frame-empty", "sample-too-large", "sample-too-small", "stratum-empty",
    "size-missing", "inspector-odd", "inspector-twice", "nobody-free").
    """
    session.scalars(select(Area.id).where(Area.id == ask.area.id).with_for_update(key_share=True)).one()
    known: Draw | None = session.scalar(select(Draw).where(Draw.key == key))
    if known is not None:
        return known
    if not ask.purpose.strip():
        raise RuleBroken("purpose-missing", _("请写明这次抽查的事由。"))
    found = candidates(session, ask.area, ask.kind, ask.round, ask.led_by.cadre_id if ask.led_by else None)
    row = _row(session, ask, found, by, now)
    row.key, row.redraw_of_id = key, redraw_of.id if redraw_of else _thrown_before(session, row)
    session.add(row)
    session.flush()
    record(session, "draw.freeze", row, by=by, now=now)
    return row


def _thrown_before(session: Session, row: Draw) -> int | None:
    """The last draw from the same list that was made void with its dice thrown and that nothing follows yet."""
    followed = select(Draw.redraw_of_id).where(Draw.redraw_of_id.is_not(None))
    same = (Draw.area_id == row.area_id, Draw.kind == row.kind, Draw.round_id.is_not_distinct_from(row.round_id))
    asked = select(Draw.id).where(*same, Draw.state == DrawState.VOIDED, Draw.seed.is_not(None), Draw.id.not_in(followed))
    return session.scalar(asked.order_by(Draw.id.desc()).limit(1))


def _row(session: Session, ask: Ask, found: list[Candidate], by: Actor, now: datetime) -> Draw:
    frame = frozen(members(found, ask.by, local_day(now), ask.weighting))
    counts = Counter(member.stratum for member in frame)
    heavy, size = weights(counts, ask.weighting), _size(ask, len(frame))
    allocate(counts, size, heavy)
    people = _people(session, ask)
    check_able(people, conflicts(session, people, found), ask.per_target)
    return Draw(
        number=_number(session, ask.area, local_day(now).year), rule_id=ask.rule.id if ask.rule else None, kind=ask.kind, method=ask.method,
        purpose=ask.purpose.strip()[:200], round_id=ask.round.id if ask.round else None, led_by_id=ask.led_by.id if ask.led_by else None,
        divided=[one.value for one in ask.by], frame=[[member.stratum, member.id] for member in frame], frame_hash=frame_hash(frame), weights=heavy, size=size,
        reckoned=_reckoned(ask, len(frame), size), per_target=ask.per_target, able=people, state=FLOW.start,
        area_id=ask.area.id, area_path=ask.area.path, frozen_by=by.name, frozen_at=now,
    )  # fmt: skip


def _size(ask: Ask, total: int) -> int:
    if ask.size:
        return min(ask.size, total) if ask.rule else ask.size  # a plan's number is for lists of any length
    if not ask.margin:
        raise RuleBroken("size-missing", _("请填样本量，或者填误差由系统计算。"))
    return needed(total, ask.margin / 100, ask.confidence / 100)


def _reckoned(ask: Ask, total: int, size: int) -> str:
    if ask.size:
        return _("名单{total}个，指定抽{size}个").format(total=total, size=size)
    return _("名单{total}个，误差±{margin}%、置信度{confidence}%，有限总体修正后抽{size}个").format(
        total=total, margin=ask.margin, confidence=ask.confidence, size=size
    )


def _people(session: Session, ask: Ask) -> list[int]:
    """Those named, else the whole discipline office, or the leader whose draw it is."""
    known = {one.id: one for one in able(session, ask.area)}
    if set(ask.able) - set(known):
        raise RuleBroken("inspector-odd", _("有一名检查人员的账号已停用或不是纪检、领导，请重新选择。"))
    if ask.able:
        _check_apart([known[number].person for number in set(ask.able)])
        return sorted(set(ask.able))
    if ask.led_by is not None:
        return [ask.led_by.id]
    office = _office(known.values())
    if ask.per_target > 1:
        _check_apart([known[number].person for number in office])
    return office


def _check_apart(names: Collection[str]) -> None:
    """One person under two accounts is not two inspectors; raises RuleBroken("inspector-twice")."""
    twice = sorted(name for name, n in Counter(names).items() if n > 1)
    if twice:
        raise RuleBroken("inspector-twice", _("“{name}”选了两个账号，一个人只算一名检查人员；请只留一个。"), name=twice[0])


def _office(known: Collection[Account]) -> list[int]:
    return sorted(one.id for one in known if one.role is Role.DISCIPLINE)


def _number(session: Session, area: Area, year: int) -> str:
    of_year = Draw.number.startswith(numbered(area.id, year, 0)[:-4], autoescape=True)
    last = session.scalar(select(Draw.number).where(Draw.area_id == area.id, of_year).order_by(Draw.id.desc()).limit(1))
    return numbered(area.id, year, place_in_line(last) + 1 if last else 1)
