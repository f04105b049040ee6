"""Take an import back while nothing rests on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Account, Area, Assignment, Cadre, Client, ImportBatch, Invitation, Plate, ReviewItem
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.importing import BatchState
from rules.roles import Role
from rules.text import _
from services.verbs import verb

ORDER: tuple[tuple[str, Any], ...] = (
    ("review_items", ReviewItem), ("assignments", Assignment), ("clients", Client), ("cadres", Cadre), ("areas", Area)
)  # fmt: skip


@verb("roster.undo", _("撤销导入"), Role.CLERK)
def undo(session: Session, batch: ImportBatch, *, by: Actor, now: datetime) -> None:
    """Remove what the import made; an undone one stays undone. Raises RuleBroken("import-in-use")."""
    if batch.state is BatchState.UNDONE:
        return
    made = {table: set(ids) for table, ids in batch.made.items()}
    _check_unused(session, made)
    for table, model in ORDER:
        rows: Any = session.scalars(select(model).where(model.id.in_(made.get(table, ()))))
        for row in rows:
            session.delete(row)
        session.flush()
    batch.state = BatchState.UNDONE
    record(session, "roster.undone", batch, by=by, now=now)


def _check_unused(session: Session, made: dict[str, set[int]]) -> None:
    """Nobody else may point at the rows yet."""
    clients, cadres = made.get("clients", set()), made.get("cadres", set())
    assignments, areas = made.get("assignments", set()), made.get("areas", set())
    uses = {
        _("测评邀请"): select(func.count(Invitation.id)).where(Invitation.assignment_id.in_(assignments)),
        _("墙牌"): select(func.count(Plate.id)).where(Plate.client_id.in_(clients)),
        _("账号"): select(func.count(Account.id)).where(Account.cadre_id.in_(cadres)),
        _("后来安排的责任"): select(func.count(Assignment.id)).where(
            Assignment.id.not_in(assignments), Assignment.client_id.in_(clients) | Assignment.cadre_id.in_(cadres)
        ),
        _("合并过的档案"): select(func.count(Client.id)).where(
            Client.merged_into_id.is_not(None), Client.id.in_(clients) | Client.merged_into_id.in_(clients)
        ),
        _("后来登记的企业"): select(func.count(Client.id)).where(Client.id.not_in(clients), Client.area_id.in_(areas)),
    }  # fmt: skip
    for what, count in uses.items():
        n = session.scalar(count)
        if n:
            raise RuleBroken("import-in-use", _("这次导入已经用上（{what}{n}条），不能整批撤销；请逐条更正。"), what=what, n=n)
