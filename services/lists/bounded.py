"""Counts that stop: nobody needs to know whether it is 41,007 or 41,008."""

from typing import Any

from sqlalchemy import func, select

from models.columns import pk_of

MOST = 1_000


def few(model: type, condition: Any = None) -> Any:
    """A sub-select that counts at most MOST + 1 rows; the statement around it names the model, so that the scope reaches it."""
    rows = select(pk_of(model)).select_from(model)
    rows = rows if condition is None else rows.where(condition)
    return select(func.count()).select_from(rows.limit(MOST + 1).subquery()).scalar_subquery()


def counts(session: Any, model: type, *conditions: Any) -> tuple[int, ...]:
    """Each counted up to MOST + 1 in one statement; zeros for whoever sees no row at all."""
    asked = select(*(few(model, one) for one in conditions)).select_from(model).limit(1)
    found = session.execute(asked).one_or_none()
    return tuple(found) if found else (0,) * len(conditions)


def shown(n: int) -> str:
    """The number, or that there are more than anybody counts."""
    return str(n) if n <= MOST else f"{MOST}+"
