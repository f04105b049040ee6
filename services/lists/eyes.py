"""Who reads a list, and how each column shows to him."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect

from models.access.actor import Actor
from models.access.fields import view_of


def field_view(actor: Actor, model: type, key: str) -> str:
    """The policy of a column; a link is as visible as what it leads to."""
    column: Any = inspect(model).columns.get(key)
    return "plain" if column is None else view_of(actor.role, column)


@dataclass(frozen=True)
class Eyes:
    """One person's; `full`: he gave a reason and proved himself, so telephones stand unmasked."""

    who: Actor
    full: bool = False

    def actor(self) -> Actor:
        return self.who

    def field_view(self, actor: Actor, model: type, key: str) -> str:
        seen = field_view(actor, model, key)
        column: Any = inspect(model).columns.get(key)
        is_phone = column is not None and column.info.get("mask") == "phone"
        return "plain" if self.full and seen == "masked" and is_phone else seen
