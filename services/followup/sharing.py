"""配合责任: named beside the person in the lead, told, and each writes what he did; the lead replies for all (ZF-3.3, SGD-4.4a)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Cadre, Order, Share, Unit
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.orders import check_aside
from rules.roles import Role
from rules.text import _
from services.followup.orders import CADRES, not_own
from services.followup.telling import tell_cadre, tell_shares
from services.locking import lock
from services.verbs import verb

MOST = 10
SHORTEST = 10


@verb("order.share", _("指定配合人"), Role.CLERK, Role.LEADER, Role.DISCIPLINE)
def share(session: Session, order: Order, cadre_id: int, *, by: Actor, now: datetime) -> None:
    """While the order is drafted or runs; named again it is quiet.

    Raises NotAllowed("own-order"), RuleBroken("move-not-allowed", "cadre-missing", "share-lead", "share-many").
    """
    lock(session, order)
    not_own(session, order, by)
    check_aside(order.state, "share")
    cadre = session.get(Cadre, cadre_id)
    if cadre is None or not cadre.area_path.startswith(by.area_path) or (cadre.until is not None and cadre.until < local_day(now)):
        raise RuleBroken("cadre-missing", _("请从在岗干部里选择配合人。"))
    if cadre.id == order.cadre_id:
        raise RuleBroken("share-lead", _("{name}已经是责任人，不用再配合。"), name=cadre.name)
    known = shares_of(session, order)
    if cadre.id in {one.cadre_id for one in known}:
        return
    if len(known) >= MOST:
        raise RuleBroken("share-many", _("配合人最多{n}名。"), n=MOST)
    session.add(Share(order=order, cadre=cadre, named_by=by.name, named_at=now))
    session.flush()
    record(session, "order.share", order, by=by, now=now, detail=cadre.name)
    if order.issued_at is not None:
        tell_shares(session, order, now)


@verb("order.contribute", _("报配合情况"), *CADRES)
def contribute(session: Session, order: Order, did: str, *, by: Actor, now: datetime) -> None:
    """His part, until the lead has replied; raises NotAllowed("not-yours"), RuleBroken("move-not-allowed", "reply-missing")."""
    lock(session, order)
    mine = next((one for one in shares_of(session, order) if by.cadre_id is not None and one.cadre_id == by.cadre_id), None)
    if mine is None:
        raise NotAllowed("not-yours", _("您不是这份督办单的配合人。"))
    check_aside(order.state, "contribute")
    if len(did.strip()) < SHORTEST:
        raise RuleBroken("reply-missing", _("太短，请写明您做了什么、结果怎样（不少于10个字）。"))
    mine.did, mine.did_at, order.moved_at = did.strip(), now, now
    record(session, "order.contribute", order, by=by, now=now)
    session.flush()
    tell_cadre(session, order, _("督办单{number}的配合人报了配合情况").format(number=order.number), now)


def shares_of(session: Session, order: Order) -> list[Share]:
    """Everybody named beside the lead, in the order named."""
    return list(session.scalars(select(Share).where(Share.order_id == order.id).order_by(Share.id)))


def names_of(session: Session, cadre_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(name, unit) by cadre: whoever reads an order may know who answers for it, though the roster is closed to him."""
    wanted = set(cadre_ids)
    if not wanted:
        return {}
    held, units = Cadre.__table__, Unit.__table__  # the bare tables: the reader's own narrowing would leave him himself only
    found = select(held.c.id, held.c.name, units.c.name).outerjoin_from(held, units, units.c.id == held.c.unit_id).where(held.c.id.in_(wanted))
    rows: Any = session.connection().execute(found, execution_options={"scope_ok": True})
    return {number: (str(name), str(unit or "")) for number, name, unit in rows}
