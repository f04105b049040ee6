"""The frame around every page: side menu, tabs of a phone, badges. Made once per request, only if shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from flask import Flask, request, url_for
from flask_admin import Admin
from flask_babel import gettext

from admin.gate import Gate, Tab


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    icon: str
    here: bool
    badge: int = 0


class Shell:
    """`brand` is the system's name, `unit` the township's; entries appear only where the list is allowed."""

    def __init__(self, admin: Admin, gate: Gate, brand: str, unit: str) -> None:
        self.admin, self.gate, self.brand, self.unit = admin, gate, brand, unit

    @cached_property
    def actor(self) -> Any:
        return self.gate.actor()

    @property
    def name(self) -> str:
        return str(getattr(self.actor, "name", "") or "")

    @cached_property
    def groups(self) -> Sequence[tuple[str, list[Item]]]:
        """(group, entries) in the order in which views were added; the home page has no group."""
        if self.actor is None:
            return ()
        badges = self.gate.badges(self.actor)
        views = [view for view in self.admin._views if view.is_visible() and view.is_accessible()]
        order = list(dict.fromkeys(view.category or "" for view in views))
        views.sort(key=lambda view: order.index(view.category or ""))
        grouped = groupby(views, key=lambda view: view.category or "")
        return [(group, [item(view, badges) for view in those]) for group, those in grouped]

    @cached_property
    def notices(self) -> int:
        return self.gate.notices(self.actor) if self.actor is not None else 0

    @cached_property
    def tabs(self) -> Sequence[Tab]:
        """Of the gate, else the first entries of the menu."""
        if self.actor is None:
            return ()
        given = self.gate.tabs(self.actor)
        entries = [entry for _, entries in self.groups for entry in entries]
        return given or [Tab(entry.label, entry.url, entry.icon) for entry in entries[:4]]

    def link(self, name: str) -> str:
        """The address of a page outside the ledgers, empty where the house has none."""
        endpoint = self.gate.links.get(name)
        return url_for(endpoint) if endpoint else ""


def item(view: Any, badges: dict[str, int]) -> Item:
    here = (request.blueprint or "") == view.endpoint
    url = url_for(f"{view.endpoint}.{view._default_view}")
    return Item(
        gettext(str(view.name)),
        url,
        view.menu_icon_value or "journal-check",
        here,
        badges.get(view.endpoint, 0),
    )


def install(app: Flask, admin: Admin, gate: Gate, *, brand: str, unit: str) -> None:
    """Give every template `shell`; error pages must not call on what reads the database."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {"shell": Shell(admin, gate, brand, unit)}
