"""Field policy beside the row policy: hidden, masked or plain, per role and column."""

from typing import Any

from rules.masks import masked
from rules.roles import Role

# Who works with a masked column every day and therefore reads it in full on rows he may see.
PLAIN: dict[tuple[str, str], frozenset[Role]] = {
    ("clients", "phone"): frozenset({Role.CADRE, Role.STATION, Role.GRID}),
    ("clients", "head"): frozenset({Role.CLERK, Role.CADRE, Role.STATION, Role.VILLAGE, Role.GRID}),
    ("contacts", "phone"): frozenset({Role.CADRE, Role.STATION, Role.GRID}),
}


def view_of(role: Role | None, column: Any) -> str:
    """"plain", "masked" or "hidden" for a table column."""
    kind = column.info.get("mask")
    if kind is None:
        return "plain"
    if kind in {"hidden", "key"}:  # a key is searched, never shown
        return "hidden"
    return "plain" if role in PLAIN.get((column.table.name, column.key), frozenset()) else "masked"


def shown(role: Role | None, column: Any, value: Any) -> Any:
    """The value as this role may read it; hidden gives an empty text."""
    view = view_of(role, column)
    if view == "plain" or value is None:
        return value
    return "" if view == "hidden" else masked(column.info["mask"], str(value))
