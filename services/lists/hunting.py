"""Hunting rare words: the index of words names the few rows to look at, where they are few; the search itself stays as it is."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from models import words
from models.columns import pk_of

FEW = 20_000
MOST_WORDS = 5


def nothing_else(word: str) -> list[Any]:
    return []


def near(
    session: Any, model: type, columns: Sequence[Any], found: Sequence[str], otherwise: Callable[[str], list[Any]] = nothing_else, *, few: int | None = None
) -> list[Any]:
    """Conditions that every row with all these words meets; none where words are common or no index is kept.

    `columns`: attributes searched. `otherwise(word)`: what else finds a row by that word. One statement on SQLite; PostgreSQL knows what is common.
    """
    kept = words.kept_for(model, columns)
    if kept is None or not found:
        return []
    dialect, pk = session.get_bind().dialect.name, pk_of(model)
    asked = [(word, words.candidates(kept, word, dialect)) for word in found[:MOST_WORDS]]
    if dialect == "sqlite":
        asked = _rare(session, model, asked, FEW if few is None else few)
    return [or_(pk.in_(ids), *otherwise(word)) for word, ids in asked]


def _rare(session: Any, model: type, asked: list[tuple[str, Any]], few: int) -> list[tuple[str, Any]]:
    counts = [select(func.count()).select_from(ids.limit(few + 1).subquery()).scalar_subquery() for _word, ids in asked]
    row = session.execute(select(*counts).select_from(model).limit(1)).one_or_none()  # names the model: whoever sees nothing learns nothing
    return [one for one, count in zip(asked, row or (), strict=False) if count <= few]
