"""Runs migrations, online only: one transaction, one runner at a time; writes new ones from the models."""

from typing import Any

from alembic import context
from alembic.autogenerate import renderers
from alembic.operations import MigrateOperation, ops
from sqlalchemy import text
from sqlalchemy.types import TypeDecorator

from models import db
from models.event import POSTGRES_TRIGGERS, SQLITE_TRIGGERS
from models.words import is_table_of_ours
from services.schema import plain_engine
from settings import load

TRIGGERS = {"sqlite": SQLITE_TRIGGERS, "postgresql": POSTGRES_TRIGGERS}
UNTRIGGERS = {"sqlite": [], "postgresql": ["DROP FUNCTION IF EXISTS events_append_only() CASCADE"]}


class Statements(MigrateOperation):
    """SQL per dialect, copied into the migration as it stands today."""

    def __init__(self, by_dialect: dict[str, list[str]]) -> None:
        self.by_dialect = by_dialect


@renderers.dispatch_for(Statements)
def render_statements(autogenerate: Any, operation: Statements) -> list[str]:
    name = "op.get_bind().dialect.name"
    return [f"if {name} == {dialect!r}: op.execute({line!r})"
            for dialect, lines in operation.by_dialect.items() for line in lines]  # fmt: skip


def render_item(kind: str, item: Any, autogenerate: Any) -> Any:
    """Our own column types as the plain types they store, so that old migrations never import today's models."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def add_triggers(migration: Any, revision: Any, directives: list[Any]) -> None:
    """The audit table comes with its guards."""
    script = directives[0]
    made = [o for o in script.upgrade_ops.ops if isinstance(o, ops.CreateTableOp) and o.table_name == "events"]
    if made:
        script.upgrade_ops.ops.append(Statements(TRIGGERS))
        script.downgrade_ops.ops.append(Statements(UNTRIGGERS))


def check_references(connection: Any) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"foreign keys broken by migration: {broken[:5]}")


def run() -> None:
    engine = plain_engine(context.config.attributes.get("url") or load().database_url)
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        context.configure(
            connection=connection, target_metadata=db.metadata, render_as_batch=is_sqlite, compare_type=True,
            transactional_ddl=True, render_item=render_item, process_revision_directives=add_triggers,
            include_name=is_table_of_ours,
        )  # fmt: skip
        with context.begin_transaction():
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(7702)"))
            context.run_migrations()
            if is_sqlite:
                check_references(connection)


run()
