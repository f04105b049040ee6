"""Register, amend: what the generated screens say when somebody fills in a form."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Area
from models.access.actor import Actor
from models.audit import record
from models.ledger import LEDGERS, Ledger
from rules.errors import NotAllowed
from rules.localtime import local_day
from rules.roles import Role
from rules.text import _
from services import plans
from services.areas import keep_place, place
from services.own_matters import check_change, check_new
from services.registry import holding

READ = frozenset({"list", "details"})
WRITE = frozenset({"list", "details", "create", "edit"})
OFFICE_READ = {Role.CLERK: READ, Role.LEADER: READ, Role.DISCIPLINE: READ}
EVERYBODY_READ = dict.fromkeys(Role, READ)

# Screen policy: table → role → what the generated screen offers. Not named means not there.
SCREENS: dict[str, dict[Role, frozenset[str]]] = {
    "Area": {**EVERYBODY_READ, Role.CLERK: WRITE},
    "Unit": {**EVERYBODY_READ, Role.CLERK: WRITE},
    "Policy": EVERYBODY_READ,
    "Clause": EVERYBODY_READ,
    "Rule": EVERYBODY_READ,
    "Cadre": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, Role.SECURITY: frozenset({"list"})},
    "Enterprise": {
        **OFFICE_READ, Role.CLERK: WRITE | {"export"}, Role.DISCIPLINE: READ | {"export"},
        Role.CADRE: READ, Role.VILLAGE: READ,  # who is rated must not move the phone that is asked
    },
    "Household": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, **dict.fromkeys((Role.CADRE, Role.VILLAGE, Role.GRID, Role.STATION), READ)},
    "Venue": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, **dict.fromkeys((Role.CADRE, Role.VILLAGE, Role.GRID, Role.STATION), READ)},
    "Contact": {**OFFICE_READ, Role.CLERK: WRITE, **dict.fromkeys((Role.CADRE, Role.VILLAGE, Role.GRID, Role.STATION), READ)},
    "Post": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, **dict.fromkeys((Role.CADRE, Role.VILLAGE, Role.GRID, Role.STATION), READ)},
    "Team": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, **dict.fromkeys((Role.CADRE, Role.VILLAGE, Role.GRID, Role.STATION, Role.MEDIATION), READ)},
    "Seat": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, **dict.fromkeys((Role.CADRE, Role.VILLAGE, Role.GRID, Role.STATION, Role.MEDIATION), READ)},
    "Charge": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, **dict.fromkeys((Role.CADRE, Role.VILLAGE, Role.GRID), READ)},
    "Letter": {**OFFICE_READ, Role.CLERK: WRITE | {"export"}, Role.VILLAGE: READ, Role.CADRE: READ},
    "AreaChange": EVERYBODY_READ,
    "Assignment": {**OFFICE_READ, Role.CLERK: READ | {"create", "export"}, Role.CADRE: READ, Role.VILLAGE: READ},
    "ImportBatch": {Role.CLERK: READ},
    "ReviewItem": {Role.CLERK: READ, Role.DISCIPLINE: READ},  # settled on its own page, by its own verb
    "Round": OFFICE_READ,
    "Invitation": {Role.CLERK: READ | {"export"}, Role.LEADER: READ, Role.DISCIPLINE: READ},
    "Order": {**OFFICE_READ, Role.CLERK: READ | {"export"}, Role.CADRE: READ, Role.STATION: READ, Role.VILLAGE: READ},
    "Publication": {Role.LEADER: READ, Role.DISCIPLINE: READ},  # redacted text; the entries themselves are read on pages that note it
    "Snapshot": OFFICE_READ,
    "Account": {Role.SECURITY: READ},
    "Grant": {Role.SECURITY: READ},
    "Job": {Role.SYSTEM: READ},
    "JobRun": {Role.SYSTEM: READ},
    "Export": {Role.AUDIT: READ, Role.DISCIPLINE: READ},
    "Intake": {Role.CLERK: READ, Role.AUDIT: READ, Role.DISCIPLINE: READ},
    "Event": {Role.AUDIT: READ | {"export"}},
}  # fmt: skip


def screen_of(ledger: type[Ledger]) -> dict[Role, frozenset[str]]:
    """What a simple ledger's own words offer to whom."""
    moves = frozenset(move.name for move in ledger.flow.moves)
    reading = dict.fromkeys(ledger.__readers__, READ | {"export"})
    return {**dict.fromkeys(ledger.__holders__, READ), **reading, **dict.fromkeys(ledger.__writers__, WRITE | moves | {"export"})}


SCREENS.update({ledger.__name__: screen_of(ledger) for ledger in LEDGERS})


def may_screen(actor: Actor, action: str, model: type) -> bool:
    """Whether the actor's role has this action on the table's screen."""
    return actor.role is not None and action in SCREENS.get(model.__name__, {}).get(actor.role, frozenset())


def _permit(actor: Actor, action: str, row: Any) -> None:
    if not actor.is_system and not may_screen(actor, action, type(row)):
        raise NotAllowed("not-allowed", _("您的角色不能在“{ledger}”中办理此事。"), ledger=row.__title__)


def register(session: Session, row: Any, *, by: Actor, now: datetime) -> None:
    """A new row of a ledger; raises NotAllowed, RuleBroken as services/own_matters."""
    _permit(by, "create", row)
    if isinstance(row, Ledger):
        _file(session, row, now)
    if isinstance(row, Area):
        place(session, row, by=by)
    prepare(row)
    check_new(session, row, by)
    holding.check_new(session, row, now)
    session.add(row)
    record(session, f"{row.__tablename__}.registered", row, by=by, now=now)


def _file(session: Session, row: Ledger, now: datetime) -> None:
    """Registration day, deadline and first state of a simple ledger's row."""
    row.filed_on, row.state = row.filed_on or local_day(now), row.flow.start
    if row.deadline:
        with session.no_autoflush:
            row.due_on = row.deadline.due_on(row.filed_on, plans.calendar(session))


def amend(session: Session, row: Any, *, by: Actor, now: datetime) -> None:
    """Changed fields of a row; raises NotAllowed, RuleBroken as services/own_matters."""
    _permit(by, "edit", row)
    if isinstance(row, Area):
        keep_place(session, row, by=by, now=now)
    check_change(session, row, by)
    prepare(row)
    holding.check_change(session, row, now)
    record(session, f"{row.__tablename__}.amended", row, by=by, now=now)


def prepare(row: Any) -> None:
    """Let the row fill what it computes from its own fields (pinyin, path)."""
    complete = getattr(row, "complete", None)
    if complete:
        complete()


def move(session: Session, row: Any, name: str, reason: str, *, by: Actor, now: datetime) -> None:
    """One step of a ledger's own flow from its generated screen; raises NotAllowed, RuleBroken.

    Ledgers whose steps carry more than a state have verbs and pages of their own and name no moves in SCREENS.
    """
    _permit(by, name, row)
    row.state = row.flow.step(row.state, name)
    record(session, f"{row.__tablename__}.{name}", row, by=by, now=now, detail=reason)
