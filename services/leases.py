"""A lease on a row: one worker holds it, and the row is free again when he dies."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_


def is_free(table: Any, now: datetime, minutes: int) -> ColumnElement[bool]:
    """Never taken, run out, or taken by a clock that was far ahead."""
    until = table.lease_until
    return or_(until.is_(None), until <= now, until > now + timedelta(minutes=2 * minutes))
