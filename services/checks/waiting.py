"""What the reader's first page says of draws: his own calls and visits that wait, and draws that wait for his step (SJ-3.2)."""

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from models import Draw, Pick
from models.access.actor import Actor
from rules.draws import DrawMethod, DrawState, PickState
from rules.roles import Role
from rules.text import _

MOST = 5  # the list of draws shows the rest
STEPS = {DrawState.FROZEN: _("等您公布承诺值"), DrawState.COMMITTED: _("等您当众掷骰子")}


def to_check(session: Session, actor: Actor) -> list[Row[int, str, DrawMethod, int]]:
    """(id, purpose, method, how many) of draws whose picks wait for the reader; the oldest first."""
    his = or_(Pick.inspector_id == actor.account_id, Pick.second_id == actor.account_id)
    found = select(Draw.id, Draw.purpose, Draw.method, func.count(Pick.id)).join(Pick, Pick.draw_id == Draw.id)
    found = found.where(Draw.state == DrawState.DRAWN, Pick.state == PickState.WAITING, his)
    return list(session.execute(found.group_by(Draw.id, Draw.purpose, Draw.method).order_by(Draw.id).limit(MOST)))


def to_draw(session: Session, actor: Actor) -> list[Row[int, str, str, DrawState]]:
    """(id, number, purpose, state) of draws that the reader leads and that wait for the next step; the oldest first."""
    led = Draw.led_by_id == actor.account_id if actor.role is Role.LEADER else Draw.led_by_id.is_(None)
    found = select(Draw.id, Draw.number, Draw.purpose, Draw.state).where(led, Draw.state.in_(STEPS))
    return list(session.execute(found.order_by(Draw.id).limit(MOST)))
