"""Two townships in one database: a reader of each role, his colleague, the next station, and strangers over the hill.

Every table gets a row of each class, made from its columns alone, so a new table is there without a word here: `own`
hangs on the reader, `draft` is his and he is not yet told, `ended` is his and over, `unit` is a colleague's of the same
unit and village, `sibling` another unit's of the next village, `other` another township's, `any` hangs on nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import Integer, String, Text, UniqueConstraint, inspect, select

from models import Account, Area, Cadre, Enterprise, Rule, Unit, db
from models.access.actor import Actor, system
from models.access.session import ActorSession, working
from models.audit import record
from models.types import PATH, ChoiceType, SealedText
from rules.places import AreaLevel, UnitKind
from rules.roles import Role
from services.tokens import hash_of, token_of
from tests.doors.states import DRAFT, ENDED, RUNNING, Facts
from tests.homes import NOW
from tests.make import make
from tests.policy import load_plans

CLASSES = ("own", "draft", "ended", "unit", "sibling", "other", "any")
MARK = "疆外密语"  # stands in every text of the other township that not everybody may read, before the name of its table
FOR_ALL = {"AreaChange"}
FAR_PHONE = "19900000099"
HOME_CODE = "620000100000"
FIXED = {"month", "path", "media_type", "token_hash", "uid", "link", "code", "password", "role", "pinyin", "activation_hash", "draft"}
BY_ITSELF = {"Event"}  # the chain is written by verbs alone
NUMBERS = count(1)
Rows = dict[str, dict[str, int]]


@dataclass
class Place:
    """The rows of one class that hang together, by table."""

    facts: Facts
    mark: str = ""
    rows: dict[str, Any] = field(default_factory=dict)

    def based_on(self, rule: Rule) -> "Place":
        self.rows["Rule"] = rule
        return self

    def word(self, model: type) -> str:
        """What the texts of a row begin with: abroad the mark and the table's name, so that a leak says where it comes from."""
        if model.__name__ in FOR_ALL:
            return "共"
        return MARK + model.__name__ if self.mark == MARK else self.mark


@dataclass
class Land:
    """Numbers of rows: `rows[role][table][class]`; who signs in as what; the owner's code."""

    rows: dict[Role, Rows] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    actors: dict[Role, Actor] = field(default_factory=dict)
    token: str = ""


def tables() -> list[type]:
    """The base class of every table, those that are pointed to first."""
    base = {m.local_table: m.class_ for m in db.Model.registry.mappers if m.inherits is None}
    return [base[table] for table in db.metadata.sorted_tables if table in base and base[table].__name__ not in BY_ITSELF]


def links_of(model: type) -> Iterator[tuple[str, str, bool]]:
    """(name, table pointed to, whether it is a relationship) of every way out of a table."""
    mapper, told = inspect(model), set()
    names = {m.local_table: m.class_.__name__ for m in mapper.registry.mappers if m.inherits is None}
    for relation in mapper.relationships:
        if relation.direction.name == "MANYTOONE":
            told |= relation.local_columns
            yield relation.key, names[relation.mapper.base_mapper.local_table], True
    for column in mapper.local_table.columns:
        if column.foreign_keys and column not in told:
            yield column.key, names[next(iter(column.foreign_keys)).column.table], False


def hangs(model: type, seen: frozenset[str] = frozenset()) -> bool:
    """Whether rows of the table belong to a place or a person."""
    by_name = {m.__name__: m for m in tables()}
    ways = {far for _name, far, _is in links_of(model)} - seen - {model.__name__}
    return model.__name__ in {"Area", "Cadre", "Account"} or any(
        hangs(by_name[far], seen | {model.__name__}) for far in ways if far in by_name
    )


def facts_of(model: type, place: Place) -> dict[str, Any]:
    facts: dict[str, Any] = {**words(model, place.word(model)), **place.facts.get(model.__name__, {})}
    for name, far, is_relation in links_of(model):
        if far in place.rows and far != model.__name__:
            facts.setdefault(name, place.rows[far] if is_relation else place.rows[far].id)
    for column in _apart(model):
        facts.setdefault(column, 1000 + next(NUMBERS))
    if "month" in inspect(model).columns:
        number = next(NUMBERS)
        facts["month"] = f"20{30 + number // 12}-{number % 12 + 1:02}"
    return facts


def _apart(model: type) -> list[str]:
    """Numbers that no two rows may share and that point nowhere."""
    table = inspect(model).local_table
    rules = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    return [c.key for rule in rules for c in rule.columns if isinstance(c.type, Integer) and not c.foreign_keys]


def words(model: type, mark: str) -> dict[str, str]:
    """A text for every column that takes one, so that nothing can hide by being empty."""
    found = {}
    for column in inspect(model).columns:
        texts = isinstance(column.type, String | Text) and not isinstance(column.type, ChoiceType) and column.type is not PATH
        phone = column.info.get("mask") == "phone"
        if (texts or isinstance(column.type, SealedText)) and column.key not in FIXED and not column.key.endswith("_index"):
            found[column.key] = _phone(mark) if phone else f"{mark}{next(NUMBERS)}"[: getattr(column.type, "length", None) or 40]
    return found


def _phone(mark: str) -> str:
    return FAR_PHONE if mark.startswith(MARK) else "19900000050"


def fill(session: ActorSession, place: Place) -> Place:
    """One row of every table that the place has none of."""
    for model in tables():
        if model.__name__ not in place.rows and hangs(model):
            kind = Enterprise if model.__name__ == "Client" else model
            place.rows[model.__name__] = row = make(session, kind, **facts_of(model, place))
            if model.__name__ in {"Invitation", "Plate"}:
                row.token_hash = hash_of(token_of(row))
    return place


def build_land() -> Land:
    """The whole country, committed."""
    load_plans(NOW)
    with working(db.engine, system("搭建两个乡镇")) as session:
        land = _build(session, session.scalars(select(Rule).where(Rule.code == "enterprise-survey")).one())
        record(session, "land.built", "land", by=system("测试"), now=NOW)
        session.commit()
    return land


def _build(session: ActorSession, rule: Rule) -> Land:
    home, over = _township(session, "样例乡", HOME_CODE), _township(session, "山外乡")
    here, next_door = (Unit(name=name, kind=UnitKind.STATION, area=home[0]) for name in ("农业站", "水利站"))
    abroad = Unit(name="山外站", kind=UnitKind.STATION, area=over[0])
    session.add_all([here, next_door, abroad])
    shared = {
        "unit": _person(session, "同站人", here, home[1]), "sibling": _person(session, "邻站人", next_door, home[2]),
        "other": _person(session, f"{MARK}Cadre", abroad, over[1], mark=MARK), "gone": _person(session, "离站人", here, home[1], active=False),
    }  # fmt: skip
    for name in ("unit", "sibling", "other"):
        fill(session, shared[name].based_on(rule))
    land = Land()
    for role in Role:
        place = _person(session, role.label, here, home[1], role=role, ruled=home[1] if role in {Role.VILLAGE, Role.GRID} else home[0])
        _welcome(session, land, role, place.based_on(rule), shared)
    land.token = token_of(shared["unit"].rows["Invitation"])
    loose = {model.__name__: _loose(session, model).id for model in tables() if not hangs(model)}
    for rows in land.rows.values():
        rows.update({name: {"any": row} for name, row in {**loose, "Event": 1}.items()})
    return land


def _loose(session: ActorSession, model: type) -> Any:
    return session.query(model).order_by(model.id).first() or make(session, model, **words(model, "共"))


def _welcome(session: ActorSession, land: Land, role: Role, place: Place, shared: dict[str, Place]) -> None:
    """A reader with his own rows, his drafts and what is over."""
    fill(session, place)
    kept = {name: row for name, row in place.rows.items() if name in {"Area", "Unit", "Cadre", "Account", "Rule"}}
    draft = fill(session, Place(DRAFT, rows={name: row for name, row in place.rows.items() if name not in DRAFT}))
    ended = fill(session, Place({**RUNNING, **ENDED}, rows={**{n: row for n, row in place.rows.items() if n not in ENDED}, **kept}))
    own = {name: {"own": row.id} for name, row in place.rows.items() if name != "Rule"}
    for name in DRAFT:
        own[name]["draft"] = draft.rows[name].id
    for name in ENDED:
        own[name]["ended"] = ended.rows[name].id
    for name in ("Cadre", "Account"):
        own[name]["ended"] = shared["gone"].rows[name].id
    for kind in ("unit", "sibling", "other"):
        for name in own:
            own[name][kind] = shared[kind].rows[name].id
    account, cadre = place.rows["Account"], place.rows["Cadre"]
    land.rows[role] = own
    land.accounts[role.value] = account.id
    land.actors[role] = Actor(account.person, role, account.id, cadre.id, cadre.unit_id, account.area.path)


def _township(session: ActorSession, name: str, code: str | None = None) -> tuple[Area, Area, Area]:
    """(township, its first village, its second)."""
    top = Area(name=name, code=code, level=AreaLevel.TOWNSHIP, path="")
    session.add(top)
    session.flush()
    top.path = f"{top.id}/"
    villages = [Area(name=f"{name}{which}村", level=AreaLevel.VILLAGE, parent=top, path="") for which in ("东", "西")]
    session.add_all(villages)
    session.flush()
    for one in villages:
        one.path = f"{top.path}{one.id}/"
    session.flush()
    return top, villages[0], villages[1]


def _person(session: ActorSession, name: str, unit: Unit, village: Area, *, role: Role = Role.CADRE, ruled: Area | None = None,
            active: bool = True, mark: str = "") -> Place:  # fmt: skip
    """A cadre and his account; rows of his place hang on a grid of his village, which nobody else has."""
    number = next(NUMBERS)
    grid = Area(name=f"{village.name}网格{number}", level=AreaLevel.GRID, parent=village, path="")
    session.add(grid)
    session.flush()
    grid.path = f"{village.path}{grid.id}/"
    cadre = Cadre(name=name, unit=unit, area=grid, post=role.label, phone=_phone(mark))
    account = Account(
        login=f"{(mark and mark + 'Account') or 'login'}{number}", role=role, cadre=cadre, area=ruled or grid, active=active, holder=name,
        fs_uniquifier=f"u{number}", email=f"u{number}@invalid",
    )  # fmt: skip
    session.add_all([cadre, account])
    session.flush()
    return Place(RUNNING, mark or name, {"Area": grid, "Unit": unit, "Cadre": cadre, "Account": account})
