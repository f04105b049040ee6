"""What nobody changes by a form because it decides who rates him, where his raters are asked, or which rows he sees."""

from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import Area, Assignment, Cadre, Client, Invitation, Round
from models.access.actor import Actor
from rules.errors import NotAllowed, RuleBroken
from rules.rounds import ASKING
from rules.text import _
from services import coverage

REACH = frozenset({"name", "contact", "phone", "phone_index", "state", "area_id", "area"})


def check_new(session: Session, row: Any, by: Actor) -> None:
    """Raises RuleBroken("own-coverage"), ("already-covered"), ("cadre-gone") or NotAllowed("out-of-area")."""
    if isinstance(row, Assignment):
        _begin(session, row, by)
    if isinstance(row, Area):
        _within(row.parent, by)


def check_change(session: Session, row: Any, by: Actor) -> None:
    """Raises RuleBroken("own-record"), ("own-client"), ("area-fixed") or NotAllowed("out-of-area")."""
    if isinstance(row, Cadre) and row.id == by.cadre_id:
        raise RuleBroken("own-record", _("这是您本人的名册记录，请交由其他同志更正。"))
    if isinstance(row, Client) and _touched(row) & REACH and row.id in raters(session, by.cadre_id):
        raise RuleBroken("own-client", _("这家企业由您负责并对您作评价，名称、联系人、电话、状态请交由其他同志更正。"))
    if isinstance(row, Area):
        _within(row, by)
        if _touched(row) & {"parent", "parent_id"}:
            raise RuleBroken("area-fixed", _("上级区划不能改，名下的记录都按它归属；确有调整请新增区划后移交。"))


def raters(session: Session, cadre_id: int | None) -> set[int]:
    """Clients that cover this person now or are being asked about him, whatever the session's owner may see."""
    if cadre_id is None:
        return set()
    held, asked, rounds = Assignment.__table__, Invitation.__table__, Round.__table__
    covered = select(held.c.client_id).where(held.c.cadre_id == cadre_id, held.c.until.is_(None))
    running = select(asked.c.client_id).join(rounds, rounds.c.id == asked.c.round_id)
    running = running.where(asked.c.cadre_id == cadre_id, rounds.c.state.in_(ASKING))
    found = session.connection().execute(covered.union(running), execution_options={"scope_ok": True})
    return set(found.scalars())


def _begin(session: Session, row: Assignment, by: Actor) -> None:
    """A responsibility typed into the form is held to the same rules as one that a verb begins."""
    coverage.check_not_own(row.cadre.id, by)
    with session.no_autoflush:
        coverage.check_begin(coverage.holder(session, row.client, row.kind), row.client, row.cadre, row.since)
    row.area = row.client.area


def _within(area: Area | None, by: Actor) -> None:
    """Names of places are everybody's to read; each office writes only its own."""
    if not by.is_system and (area is None or not area.path.startswith(by.area_path)):
        raise NotAllowed("out-of-area", _("这个区划不在您的管辖范围内，不能新增或修改。"))


def _touched(row: Any) -> set[str]:
    return {one.key for one in inspect(row).attrs if one.history.has_changes()}
