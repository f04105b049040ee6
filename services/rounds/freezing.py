"""Freeze a checked round under a number; a later correction is a new edition beside the old one."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Result, Round, Snapshot
from models.access.actor import Actor
from models.audit import record
from models.vault import vault
from rules.errors import RuleBroken
from rules.results import Summary
from rules.roles import Role
from rules.rounds import FLOW, RoundState
from rules.text import _
from services.followup.proposing import propose
from services.followup.withdrawing import withdraw_unfounded
from services.locking import lock
from services.rounds.tally import Tally, tally
from services.verbs import verb


@verb("round.freeze", _("归档"), Role.CLERK)
def freeze(session: Session, round_: Round, *, by: Actor, now: datetime) -> Snapshot:
    """Number the results, draft what follows from them; a frozen round gives its newest edition."""
    if round_.state is RoundState.FROZEN:
        return newest(session, round_)
    lock(session, round_)
    round_.state = FLOW.step(round_.state, "freeze")
    snapshot = _snapshot(session, round_, tally(session, round_), "", by, now)
    propose(session, round_, by=by, now=now)
    return snapshot


@verb("round.correct", _("出更正版"), Role.CLERK)
def correct(session: Session, round_: Round, reason: str, *, by: Actor, now: datetime) -> Snapshot:
    """A new edition with its reason; the old one stays, what it no longer carries is withdrawn. Raises RuleBroken("reason-missing"), ("not-frozen")."""
    if round_.state is not RoundState.FROZEN:
        raise RuleBroken("not-frozen", _("尚未归档，直接退回修改即可，不用出更正版。"))
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请写明更正理由。"))
    snapshot = _snapshot(session, round_, tally(session, round_), reason.strip(), by, now)
    withdraw_unfounded(session, round_, by=by, now=now)
    propose(session, round_, by=by, now=now)
    return snapshot


def newest(session: Session, round_: Round) -> Snapshot:
    """The edition in force; raises RuleBroken("not-frozen")."""
    editions = select(Snapshot).where(Snapshot.round_id == round_.id).order_by(Snapshot.edition.desc()).limit(1)
    found: Snapshot | None = session.scalar(editions)
    if found is None:
        raise RuleBroken("not-frozen", _("{round}还没有归档。"), round=round_.title)
    return found


def _snapshot(session: Session, round_: Round, counted: Tally, reason: str, by: Actor, now: datetime) -> Snapshot:
    edition = 1 + (session.scalar(select(func.max(Snapshot.edition)).where(Snapshot.round_id == round_.id)) or 0)
    villages = {str(area): {state.value: n for state, n in states.items()} for area, states in counted.areas.items()}
    body = {
        "total": _plain(counted.total), "villages": villages,
        "cadres": {str(c): _plain(s) for c, s in counted.cadres.items()},
    }  # fmt: skip
    digest = vault().index(json.dumps(body, sort_keys=True, ensure_ascii=False), "snapshot")  # keyed: few ballots are soon guessed
    number = f"CP-{round_.month.replace('-', '')}-{round_.id}-{edition}"
    states = {state.value: n for state, n in counted.states.items()}
    totals = {**_plain(counted.total), "states": states, "villages": villages, "floor": counted.floor}
    if counted.total.withheld:
        totals |= {"distribution": {}, "satisfied": None}
    snapshot = Snapshot(
        round_id=round_.id, edition=edition, number=number, frozen_at=now, frozen_by=by.name, reason=reason,
        digest=digest, totals=totals, area_id=round_.area_id, area_path=round_.area_path,
    )  # fmt: skip
    session.add(snapshot)
    session.flush()
    session.add_all(_result(snapshot, cadre, summary) for cadre, summary in counted.cadres.items())
    session.flush()
    record(session, "round.frozen", snapshot, by=by, now=now, detail=f"{number} {digest}")
    return snapshot


def _plain(summary: Summary) -> dict[str, Any]:
    return {
        "n": summary.n, "invited": summary.invited, "refused": summary.refused,
        "closed_shops": summary.closed_shops, "satisfied": summary.satisfied.numerator,
        "mean": str(summary.mean) if summary.mean is not None else None,
        "response": [summary.response.numerator, summary.response.denominator],
        "distribution": {level.code: count for level, count in summary.distribution},
    }  # fmt: skip


def _result(snapshot: Snapshot, cadre_id: int, summary: Summary) -> Result:
    return Result(
        snapshot_id=snapshot.id, cadre_id=cadre_id, invited=summary.invited, n=summary.n, refused=summary.refused,
        closed_shops=summary.closed_shops, mean=summary.mean, withheld=str(summary.withheld or ""),
        distribution={level.code: count for level, count in summary.distribution},
        area_id=snapshot.area_id, area_path=snapshot.area_path,
    )  # fmt: skip
