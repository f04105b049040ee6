"""Fill an empty database with the invented county: bulk inserts in one go, nothing of it through the screens."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, select, text

from bench import data
from models import Account, Area, Assignment, Ballot, Cadre, Client, Enterprise, Event, Invitation, Order, Round, Rule
from rules.roles import Role
from services.schema import plain_engine

CHUNK = 20_000
PEOPLE = {"clerk": "1/", "leader": "1/", "discipline": "1/", "village": "1/2/", "cadre": "1/", "audit": "1/"}


def fill(url: str, scale: data.Scale) -> None:
    """The database must have its tables and plans, and no rows of business."""
    engine = plain_engine(url)
    with engine.begin() as connection:
        rule = connection.execute(select(Rule.__table__.c.id).where(Rule.__table__.c.code == "enterprise-survey").limit(1)).scalar_one()
        for table, columns, rows in tables(scale, rule):
            copy(connection, table, columns, rows)
        accounts(connection)
        renumber(connection)
    tidy(engine)


def tables(scale: data.Scale, rule: int) -> Iterable[tuple[str, list[str], Iterable[tuple[Any, ...]]]]:
    yield "areas", columns(Area, "id version name level code parent_id path since until"), data.areas()
    yield "cadres", columns(Cadre, "id version uid area_id area_path name unit_id post phone phone_index since until pinyin"), data.cadres(scale)
    yield (
        "clients",
        columns(Enterprise, "id version uid area_id area_path kind name contact phone phone_index state note pinyin trade credit_code"),
        data.clients(scale),
    )
    yield (
        "assignments",
        columns(Assignment, "id version area_id area_path kind client_id cadre_id since until source reason"),
        data.assignments(scale),
    )
    yield (
        "rounds",
        columns(Round, "id version area_id area_path rule_id month state opens_at closes_at frame_size frame_hash reminded closed_at"),
        data.rounds(scale, rule),
    )
    yield (
        "invitations",
        columns(
            Invitation,
            "id version uid area_id area_path round_id assignment_id client_id cadre_id serial state channel phone_ok why token_hash reminders told_by",
        ),
        data.invitations(scale),
    )
    yield (
        "ballots",
        columns(
            Ballot,
            "id version uid area_id area_path invitation_id round_id cadre_id level reasons remark cast_at channel on_behalf attachment_id changes_made device",
        ),
        data.ballots(scale),
    )
    yield (
        "orders",
        columns(
            Order,
            "id version area_id area_path number key cadre_id round_id rule_id matter feedback request basis evidence state due_on due_steps"
            " issued_by issued_at received_at reply replied_at returned remark ended_at",
        ),
        data.orders(scale, rule),
    )


def columns(model: type, names: str) -> list[str]:
    """The names, after a look whether the table still has them."""
    known = {column.name for column in model.__table__.columns}  # type: ignore[attr-defined]
    unknown = set(names.split()) - known
    if unknown:
        raise SystemExit(f"bench/seed.py writes columns that {model.__name__} has not: {sorted(unknown)}")
    return names.split()


def copy(connection: Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as out:
            for row in rows:
                out.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", chunk)


def accounts(connection: Connection) -> None:
    """One login per role; the cadre is the first of the roster."""
    for n, (role, path) in enumerate(PEOPLE.items(), start=1):
        values = {"login": f"bench-{role}", "role": Role(role), "holder": role, "area_id": int(path.split("/")[-2]), "active": True}  # type: ignore[call-arg]
        values |= {"fs_uniquifier": f"bench{n}", "email": f"bench{n}@invalid", "version": 1, "cadre_id": 1 if role == "cadre" else None}
        connection.execute(Account.__table__.insert().values(values))


def renumber(connection: Connection) -> None:
    """PostgreSQL's counters go on after the rows that were copied."""
    if connection.dialect.name == "postgresql":
        for model in (Area, Cadre, Client, Assignment, Round, Invitation, Ballot, Order, Event):
            name = model.__tablename__
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT coalesce(max(id), 1) FROM {name}))"))


def tidy(engine: Engine) -> None:
    """PostgreSQL plans by statistics, which it would gather within a minute by itself."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
