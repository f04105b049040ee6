"""Who may not check whom: his own line, unit, assignment, or a relation that was declared (回避)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Assignment, Cadre, Client, Recusal
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.roles import Role
from rules.strata import Candidate
from rules.text import _
from services.same_person import self_of
from services.verbs import verb

INSPECTORS = (Role.DISCIPLINE, Role.LEADER)


def able(session: Session, area: Area) -> list[Account]:
    """Active inspectors and leaders whose area holds this one, in the order of their numbers."""
    found = session.scalars(select(Account).where(Account.active, Account.role.in_(INSPECTORS)).order_by(Account.id).limit(500))
    return [one for one in found if area.path.startswith(one.area.path)]


def conflicts(session: Session, accounts: Collection[int], candidates: Collection[Candidate]) -> dict[str, list[int]]:
    """{candidate id: accounts that may not check it}; candidates whom anybody may check are left out."""
    named = session.scalars(select(Account).where(Account.id.in_(accounts))).all()
    people = {one.id: self_of(session, one) for one in named}
    lines = _lines(session, {cadre.id for cadre in people.values() if cadre})
    units = _units(session, {one.cadre_id for one in candidates if one.cadre_id})
    declared = _declared(session, {one.id: one.person for one in named})
    found = {one.id: [number for number in sorted(people) if _apart(people[number], one, lines, units, declared[number])] for one in candidates}
    return {target: those for target, those in found.items() if those}


def _apart(
    cadre: Cadre | None, one: Candidate, lines: Mapping[int, set[int]], units: Mapping[int, int | None], declared: set[tuple[str, int]]
) -> bool:  # fmt: skip
    if ("client", one.client_id) in declared or ("cadre", one.cadre_id) in declared:
        return True
    if cadre is None:
        return False
    same_unit = one.cadre_id is not None and cadre.unit_id is not None and units.get(one.cadre_id) == cadre.unit_id
    return cadre.id == one.cadre_id or cadre.id in lines[one.client_id] or same_unit


def _lines(session: Session, cadres: Collection[int]) -> Mapping[int, set[int]]:
    """{client: cadres among these who cover it}."""
    found: dict[int, set[int]] = defaultdict(set)
    held = select(Assignment.client_id, Assignment.cadre_id).where(Assignment.cadre_id.in_(cadres), Assignment.until.is_(None))
    for client, cadre in session.execute(held):
        found[client].add(cadre)
    return found


def _units(session: Session, cadres: Iterable[int]) -> dict[int, int | None]:
    return {number: unit for number, unit in session.execute(select(Cadre.id, Cadre.unit_id)) if number in cadres}


def _declared(session: Session, people: Mapping[int, str]) -> Mapping[int, set[tuple[str, int]]]:
    """{account: relations of its holder}, under whichever of his accounts they were declared."""
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    standing = select(Recusal, Account).join(Account, Account.id == Recusal.account_id).where(Recusal.until.is_(None))
    for row, holder in session.execute(standing):
        for account in (number for number, person in people.items() if person == holder.person):
            found[account].add(("client", row.client_id) if row.client_id else ("cadre", row.cadre_id or 0))
    return found


@verb("recusal.declare", _("申报回避"), Role.DISCIPLINE)
def declare(
    session: Session, account: Account, about: Cadre | Client, relation: str, area: Area, *, by: Actor, now: datetime
) -> Recusal:
    """The account never checks `about`; the same again is quiet. Raises RuleBroken("relation-missing")."""
    if not relation.strip():
        raise RuleBroken("relation-missing", _("请写明是什么关系，例如：亲属、合伙、同学。"))
    column = Recusal.cadre_id if isinstance(about, Cadre) else Recusal.client_id
    asked = select(Recusal).where(Recusal.account_id == account.id, column == about.id, Recusal.until.is_(None))
    row: Recusal | None = session.scalar(asked.limit(1))
    if row is None:
        ends = {"cadre_id": about.id} if isinstance(about, Cadre) else {"client_id": about.id}
        row = Recusal(account_id=account.id, relation=relation.strip()[:120], declared_by=by.name, since=local_day(now), area=area, **ends)
        session.add(row)
        session.flush()
        record(session, "recusal.declare", row, by=by, now=now)
    return row


@verb("recusal.end", _("解除回避"), Role.DISCIPLINE)
def end(session: Session, row: Recusal, *, by: Actor, now: datetime) -> None:
    """From today on no more; ended twice is quiet."""
    if row.until is None:
        row.until = local_day(now)
        record(session, "recusal.end", row, by=by, now=now)
