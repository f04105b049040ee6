"""Whom an entry concerns, who may handle it, which rule it stands on."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models import Account, Area, Assignment, BoardEntry, Client
from models import Rule as RuleRow
from models.access.actor import Actor
from rules.board_rule import PERSONS, BoardRule, Standing
from rules.boards import check_person
from rules.clients import ClientKind
from rules.errors import RuleBroken
from rules.plan import Rule
from rules.roles import Role
from rules.text import _
from services import plans
from services.same_person import is_cadre

IN_CHARGE = (Role.LEADER, Role.DISCIPLINE)
KINDS = {Standing.HOUSEHOLD: frozenset({ClientKind.HOUSEHOLD}), Standing.PLACE: frozenset({ClientKind.ENTERPRISE, ClientKind.VENUE})}


def rule_of(session: Session, row: BoardEntry) -> Rule[BoardRule]:
    """The version it was proposed under; raises RuleBroken("rule-missing")."""
    stored = session.get_one(RuleRow, row.rule_id)
    for rule in plans.book(session).versions(stored.code):
        if rule.valid_from == stored.valid_from and isinstance(rule.params, BoardRule):
            return rule
    raise RuleBroken("rule-missing", _("上榜所用的规则“{id}”已不在方案文件中，请恢复原方案。"), id=stored.code)


def concerns(session: Session, row: BoardEntry, by: Actor) -> bool:
    """Whether it is about whoever acts: himself, his unit, a shop or household of his own name or that he answers for."""
    if is_cadre(session, by, row.cadre_id) or (row.unit_id is not None and row.unit_id == by.unit_id):
        return True
    client = session.get(Client, row.client_id) if row.client_id else None
    if client is None:
        return False
    if by.name.strip() in people_of(row, client):
        return True
    held = select(Assignment.id).where(Assignment.client_id == client.id, Assignment.cadre_id == (by.cadre_id or -1), Assignment.until.is_(None))
    return session.scalar(held.limit(1)) is not None


def handler(session: Session, row: BoardEntry, by: Actor) -> None:
    """A named person not concerned; raises NotAllowed("nobody-named", "own-board")."""
    check_person(by.account_id, concerns(session, row, by))


def people_of(row: BoardEntry, client: Client | None = None) -> list[str]:
    """Names of persons that nobody outside may read."""
    client = client or row.client
    found = [row.cadre.name if row.cadre else "", getattr(client, "contact", ""), getattr(client, "head", "")]
    return [one for one in found if one]


def private_words(row: BoardEntry, rule: BoardRule) -> list[str]:
    """What the text on a board may not say."""
    return [*people_of(row), *([row.subject] if rule.stands in PERSONS or not rule.full_name else [])]


def charged(row: BoardEntry) -> ColumnElement[bool]:
    """Which accounts may handle it: leaders and inspectors of its place and above, except the person concerned."""
    steps = row.area_path.strip("/").split("/")
    above = ["/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    others = or_(Account.cadre_id.is_(None), Account.cadre_id != (row.cadre_id or -1))
    places = select(Area.id).where(Area.path.in_(above))
    return and_(Account.role.in_(IN_CHARGE), Account.active, Account.area_id.in_(places), others)
