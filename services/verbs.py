"""The register of verbs: what may change data, who may say it, under which name it is recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from models.access.actor import Actor
from rules.errors import NotAllowed
from rules.roles import Role
from rules.text import _

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Verb:
    """One change that people or sweeps may make."""

    name: str
    label: str
    roles: frozenset[Role]


VERBS: dict[str, Verb] = {}


def verb(name: str, label: str, *roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a service function; it takes `by=` and refuses roles that aren't named (the system always may)."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        if name in VERBS:
            raise ValueError(f"verb {name} is registered twice")
        VERBS[name] = Verb(name, label, frozenset(roles))

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by = kwargs["by"]
            assert isinstance(by, Actor)
            permit(by, name)
            return function(*args, **kwargs)

        return run

    return register


def may(actor: Actor, name: str) -> bool:
    """Whether the actor's role is named for the verb; unknown verbs are nobody's."""
    known = VERBS.get(name)
    return known is not None and (actor.is_system or actor.role in known.roles)


def permit(actor: Actor, name: str) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(actor, name):
        label = VERBS[name].label if name in VERBS else name
        raise NotAllowed("not-allowed", _("您的角色不能“{verb}”，如确需办理请联系党政综合办。"), verb=label)
