"""Column types: instants in UTC, choices by code, texts sealed to their row."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, LargeBinary, String, event, inspect
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.types import TypeDecorator

from models.vault import vault
from rules.choices import Choice

# Paths compare byte by byte, so that a subtree is one range on every server.
PATH = String(200).with_variant(String(200, collation="C"), "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware datetime; stored UTC without zone so that SQLite and PostgreSQL agree."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class ChoiceType(TypeDecorator[Choice]):
    """A Choice stored by its code."""

    impl = String(30)
    cache_ok = True

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__()
        self.choices = choices

    @property
    def python_type(self) -> type:
        return self.choices

    def process_bind_param(self, value: Choice | str | None, dialect: Any) -> str | None:
        return None if value is None else self.choices(value).value  # type: ignore[arg-type]

    def process_result_value(self, value: str | None, dialect: Any) -> Choice | None:
        return None if value is None else self.choices(value)  # type: ignore[arg-type]


class RowText(str):
    """A text that knows the place it will be sealed to."""

    place: str


class SealedText(TypeDecorator[str]):
    """Bytes in the database; text only on a loaded row, never in a bare column select."""

    impl = LargeBinary
    cache_ok = True
    python_type = str

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, RowText):
            raise TypeError("a sealed column takes no plain comparison: use its index column")
        return vault().seal(value, value.place)


def _placed(text: str, place: str) -> RowText:
    value = RowText(text)
    value.place = place
    return value


def bind_sealed(mapper: Any, cls: type) -> None:
    """Give every sealed column of `cls` its set and load hooks (called once per mapper)."""
    sealed = [c for c in mapper.columns if isinstance(c.type, SealedText)]
    if not sealed:
        return
    names = {c.key: (c.info.get("index"), f"{cls.__table__.name}:{c.name}") for c in sealed}  # type: ignore[attr-defined]
    for name, (index, where) in names.items():
        event.listen(getattr(cls, name), "set", _setter(index, where), retval=True, propagate=True)
    event.listen(cls, "load", lambda target, context: _open(target, names), propagate=True)
    event.listen(cls, "refresh", lambda target, context, attrs: _open(target, names), propagate=True)


def _setter(index: str | None, where: str) -> Any:
    def on_set(target: Any, value: str | None, old: Any, initiator: Any) -> RowText | None:
        text = (value or "").strip()
        if index:
            setattr(target, index, vault().index(text, "phone") if text else None)
        return _placed(text, f"{where}:{target.uid}") if text else None

    return on_set


def _open(target: Any, names: dict[str, tuple[str | None, str]]) -> None:
    state = inspect(target)
    for name, (_, where) in names.items():
        raw = state.dict.get(name)
        if isinstance(raw, bytes) and "uid" in state.dict:
            place = f"{where}:{target.uid}"
            set_committed_value(target, name, _placed(vault().open(raw, place), place))
