"""How a task enters the house: with the application's context, one of its kind at a time in this process."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from flask import Flask

from services.desk import Desk
from tasks.desk import desk_of

_app: list[Flask] = []
log = logging.getLogger("lianxin.tasks")


def bind(app: Flask) -> None:
    """Name the application whose tasks run here."""
    _app[:] = [app]


def in_app(task: Callable[[Desk], object]) -> Callable[[], None]:
    """Run `task(desk)` in a fresh application context; skip while the last ring is still being answered."""
    busy = threading.Lock()

    @wraps(task)
    def run() -> None:
        if not busy.acquire(blocking=False):
            return
        try:
            with _app[0].app_context():
                result = task(desk_of(_app[0].config["LIANXIN"]))
        finally:
            busy.release()
        if result:
            log.info("%s: %s", task.__name__, result)

    return run


def quietly(ring: Callable[[], object]) -> None:
    """Ring the clock now; when the queue is away, the next minute does it."""
    with suppress(Exception):
        ring()
