"""The one place of the web that reads the clock."""

from datetime import UTC, datetime

from flask import current_app


def now() -> datetime:
    """The present instant; `app.config["CLOCK"]` may say otherwise (tests, time travel of the demonstration)."""
    clock = current_app.config.get("CLOCK")
    instant: datetime = clock() if clock else datetime.now(UTC)
    return instant
