"""What the screens ask of the rest of the house: who is here, what they may do and see, which verbs exist.

`app.py` wires one Gate from the scope policy, the accounts and the services; everything unwired says no.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from flask import abort

Sight = Literal["plain", "masked", "hidden"]


@dataclass(frozen=True)
class Tab:
    """One button of the bar at the foot of a phone."""

    label: str
    url: str
    icon: str
    main: bool = False


class Verbs(Protocol):
    """The service verbs of ledgers; each may raise RuleBroken and never commits."""

    def register(self, row: Any, *, by: Any, now: datetime) -> None: ...

    def amend(self, row: Any, *, by: Any, now: datetime) -> None: ...

    def move(self, row: Any, name: str, *, by: Any, now: datetime, reason: str) -> None: ...


def nothing_leaves(model: type, args: dict[str, str], kind: str) -> Any:
    abort(404)


@dataclass
class Gate:
    """The one object through which a screen reaches policy and services."""

    actor: Callable[[], Any]
    may: Callable[[Any, str, type], bool]
    field_view: Callable[[Any, type, str], Sight]
    verbs: Verbs
    now: Callable[[], datetime]
    export: Callable[[type, dict[str, str], str], Any] = nothing_leaves
    badges: Callable[[Any], dict[str, int]] = lambda actor: {}
    notices: Callable[[Any], int] = lambda actor: 0
    tabs: Callable[[Any], Sequence[Tab]] = lambda actor: ()
    history: Callable[[Any], Sequence[tuple[datetime, str, str]]] = lambda row: ()
    links: dict[str, str] = field(default_factory=dict)
    """Endpoints of pages outside the ledgers: `logout`, `password`, `notices`, `account`, `help`."""
