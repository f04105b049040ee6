"""What sweeps and jobs have at hand: the database, the settings, the way out and the clock, given by the edge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from services.gateways import Gateway
from settings import Settings

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Desk:
    """`clock` gives aware instants; `gateway` is None where no SMS or chat way out is set."""

    engine: Engine
    settings: Settings
    clock: Clock
    gateway: Gateway | None = None


def standing(now: datetime) -> Clock:
    """A clock that stands still, for one sweep at a stated moment."""
    return lambda: now
