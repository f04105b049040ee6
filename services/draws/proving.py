"""The proof of a draw as a file: whoever has it redoes the draw without this house (`bin/lianxin draw verify`)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Call, Draw, Pick
from rules.calls import Outcome
from rules.draw_proof import proof
from rules.draws import PickState
from services.draws.drawing import frame_of


def proof_of(session: Session, draw: Draw) -> dict[str, Any]:
    """Everything that was frozen, promised, thrown and replaced; of a draw whose dice have fallen."""
    rows = list(session.scalars(select(Pick).where(Pick.draw_id == draw.id).order_by(Pick.id)))
    before = session.get(Draw, draw.redraw_of_id) if draw.redraw_of_id else None
    return {
        **proof(frame_of(draw), draw.server_value or "", draw.dice, draw.size, draw.weights),
        "number": draw.number,
        "redraw_of": {"number": before.number, "reason": before.ended_why} if before else None,
        "void": draw.ended_why or None,
        "able": [str(one) for one in draw.able],
        "per_target": draw.per_target,
        "conflicts": {target: [str(one) for one in those] for target, those in draw.conflicts.items()},
        "inspectors": {one.target: [str(who) for who in (one.inspector_id, one.second_id) if who] for one in rows},
        "replacements": _replacements(rows, _refused(session, draw)),
    }


def _refused(session: Session, draw: Draw) -> set[int]:
    """Picks whose owners would not answer: nobody takes their place."""
    asked = select(Call.pick_id).join(Pick, Pick.id == Call.pick_id).where(Pick.draw_id == draw.id, Call.outcome == Outcome.REFUSED)
    return set(session.scalars(asked))


def _replacements(rows: list[Pick], refused: set[int]) -> list[dict[str, Any]]:
    """In the order in which they were made; the last step of a stratum may find nobody."""
    came = {one.replaces_id: one for one in rows if one.replaces_id}
    gone = [one for one in rows if one.state in {PickState.REPLACED, PickState.UNREACHABLE} and one.id not in refused]
    steps = [(came[one.id].id if one.id in came else len(rows) + rows[-1].id + one.id, one) for one in gone]
    return [
        {"stratum": one.stratum, "out": one.target, "in": came[one.id].target if one.id in came else None, "reason": one.reason}
        for _turn, one in sorted(steps, key=lambda step: step[0])
    ]
