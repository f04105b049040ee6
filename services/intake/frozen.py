"""A column's value as JSON and back, for the undoing of an import."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect

from models.columns import Col
from rules.choices import Choice


def freeze(value: Any) -> Any:
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.id if value is not None and inspect(value, raiseerr=False) is not None else value


def thaw(session: Any, col: Col, value: Any) -> Any:
    if value is None:
        return None
    if col.kind == "link":
        return session.get_one(col.target, value)
    if col.kind == "choice":
        return col.python(value)
    kinds: dict[str, Any] = {"date": dt.date.fromisoformat, "datetime": dt.datetime.fromisoformat, "decimal": Decimal}
    return kinds[col.kind](value) if col.kind in kinds else value
