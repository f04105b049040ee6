"""Session with an actor: every ORM read is narrowed, every write is checked, everything else is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Engine, event, false, inspect, literal_column, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.elements import ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause
from sqlalchemy.sql.visitors import replacement_traverse

from models.access.actor import Actor, system
from models.access.policy import ALL, ROWS
from rules.roles import Role


class ScopeError(Exception):
    """A read or write outside the actor's scope, or without an actor."""


class ActorSession(Session):
    """The only session class; `info["actor"]` is set once and never changed."""

    def __init__(self, *args: Any, db: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._db = db

    def get_bind(self, *args: Any, **options: Any) -> Any:
        """The engine given, else the application's."""
        return super().get_bind(*args, **options) if self.bind else self._db.engine

    def act_for(self, actor: Actor) -> None:
        """Name the actor; raises ScopeError on a second, different one."""
        if self.info.setdefault("actor", actor) != actor:
            raise ScopeError("the session already belongs to somebody")

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ScopeError("bulk operations would pass by the policy")

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _refuse


@contextmanager
def working(engine: Engine, actor: Actor) -> Iterator[ActorSession]:
    """A verb's own session: sees everything, remembers who asked; the caller commits."""
    session = ActorSession(engine, info={"actor": system(actor.reason or actor.name), "by": actor})
    with session:
        yield session


_options: dict[tuple[Role, Any], tuple[Any, ...]] = {}


def nothing(cls: type) -> Any:
    return false()


def options_for(role: Role, registry: Any, walked: Any = None) -> tuple[Any, ...]:
    """One loader criterion per base mapper, built once per role; a model without a policy shows nothing.

    `walked`: the mapper whose rows are read along the index of their order, see `unindexed`.
    """
    key = role, walked
    if key not in _options:
        rules = {m: ROWS.get(m.class_.__name__, {}).get(role, nothing) for m in registry.mappers if m.inherits is None}
        _options[key] = tuple(
            with_loader_criteria(m, unindexed(rule(m.class_)) if m is walked else rule, include_aliases=True)
            for m, rule in rules.items() if rule is not ALL
        )  # fmt: skip
    return _options[key]


def unindexed(rule: Any) -> Any:
    """The same rule, but SQLite doesn't gather and sort half a table by its range of paths to show fifty rows."""

    def plain(part: Any, **_: Any) -> Any:
        is_path = isinstance(part, ColumnElement) and getattr(part, "key", "") == "area_path"
        return part.concat(literal_column("''")) if is_path else None

    return replacement_traverse(rule, {}, plain)


def _walked(state: ORMExecuteState) -> Any:
    is_sqlite = state.session.get_bind().dialect.name == "sqlite"
    return state.bind_mapper.base_mapper if is_sqlite and state.execution_options.get("walk") else None  # type: ignore[union-attr]


@event.listens_for(Session, "do_orm_execute")
def narrow(state: ORMExecuteState) -> None:
    actor: Actor | None = state.session.info.get("actor")
    if actor is None:
        raise ScopeError("no actor")
    state.update_execution_options(scope_ok=True)
    if actor.is_system:
        _refuse_silent_changes(state)
        return
    if not state.is_orm_statement or state.is_from_statement or not state.is_select:
        raise ScopeError("this kind of statement is not allowed on behalf of a person")
    assert state.bind_mapper is not None
    options = options_for(actor.role, state.bind_mapper.registry, _walked(state))  # type: ignore[arg-type]
    if options and options[0] not in state.statement._with_options:  # type: ignore[attr-defined]
        state.statement = state.statement.options(*options)
    state.parameters = {**(state.parameters or {}), **actor.scope}  # type: ignore[dict-item]


def _refuse_silent_changes(state: ORMExecuteState) -> None:
    """Bulk changes pass by the event listener, so only unaudited tables may have them."""
    table = state.bind_mapper.class_ if state.bind_mapper is not None else None
    if (state.is_update or state.is_delete) and getattr(table, "__audited__", False):
        raise ScopeError("bulk change of an audited table")


@event.listens_for(Session, "before_flush")
def _remember_touched(session: Session, context: Any, instances: Any) -> None:
    actor = session.info.get("actor")
    if actor is None or actor.is_system:
        return
    if session.deleted:
        raise ScopeError("a person deletes nothing")
    session.info.setdefault("touched", []).extend((row, _old_targets(row)) for row in {*session.new, *session.dirty})


def _old_targets(row: Any) -> list[tuple[Any, Any]]:
    """Parents a changed row pointed to before and points to now."""
    found = []
    for relation in inspect(row).mapper.relationships:
        if relation.direction.name == "MANYTOONE":
            history = inspect(row).attrs[relation.key].history
            found += [(relation.mapper, parent) for parent in (*(history.added or ()), *(history.deleted or ())) if parent]
    return found


@event.listens_for(Session, "after_flush_postexec")
def _check_written(session: Session, context: Any) -> None:
    for row, targets in session.info.pop("touched", ()):
        mapper = inspect(row).mapper.base_mapper
        ends = [(mapper, row), *targets]
        for kind, end in ends:
            if not _sees(session, kind.base_mapper, inspect(end).identity):
                raise ScopeError(f"{type(end).__name__} is out of scope")


def _sees(session: Session, mapper: Any, identity: Any) -> bool:
    keys = [column == value for column, value in zip(mapper.primary_key, identity, strict=True)]
    return session.scalar(select(mapper.primary_key[0]).select_from(mapper.class_).where(*keys)) is not None


SAVEPOINTS = (SavepointClause, ReleaseSavepointClause, RollbackToSavepointClause)


def guard_engine(engine: Engine) -> None:
    """Second wall: refuse reads that skipped the session."""

    @event.listens_for(engine, "before_cursor_execute")
    def guard(conn: Any, cursor: Any, sql: str, params: Any, context: Any, many: bool) -> None:
        if context is None or isinstance(context.invoked_statement, SAVEPOINTS):
            return
        if context.isddl or context.isinsert or context.isupdate or context.isdelete:
            return
        if not context.execution_options.get("scope_ok"):
            raise ScopeError("read outside a session")
