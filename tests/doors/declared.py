"""The declared policy: routes.toml, tables.toml and verbs.toml, read into sets of roles."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rules.roles import Role

HERE = Path(__file__).parent
SAID = {"anyone": "open", "closed": "absent", "between": "shut"}  # the same for every visitor
PARTS = {"read": ("list", "details"), "write": ("create", "edit")}


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


ROUTES, TABLES, VERBS = load("routes.toml"), load("tables.toml"), load("verbs.toml")


@cache
def roles(words: str) -> frozenset[Role]:
    """The roles that the words name; an unknown word raises."""
    found: set[Role] = set()
    for word in words.split():
        group = ROUTES["groups"].get(word)
        found |= roles(group) if group else set() if word in {"nobody", *SAID} else {Role(word)}
    return frozenset(found)


@dataclass(frozen=True)
class Door:
    """Who may open one method of one endpoint, what everybody is told, and the table whose row its address names."""

    roles: frozenset[Role]
    said: str = ""
    table: str = ""
    but: frozenset[str] = frozenset()  # the words with an exclamation mark

    def lacks(self, kind: str) -> bool:
        """Whether rows of the class are not to be had here, whoever may read them elsewhere."""
        return "none" in self.but or ("other" in self.but and kind == "other") or ("mine" in self.but and kind != "own")


def door_of(words: str) -> Door:
    named = [word for word in words.split() if word[0] not in "@!"]
    table = next((word[1:] for word in words.split() if word.startswith("@")), "")
    return Door(roles(" ".join(named)), next((SAID[word] for word in named if word in SAID), ""), table, frozenset(w[1:] for w in words.split() if w[0] == "!"))


def screens() -> dict[str, str]:
    """Endpoint of a generated ledger → its table."""
    return {name.lower(): name for name, part in TABLES.items() if "screen" in part}


def screen(table: str, right: str) -> frozenset[Role]:
    """Who has one right on the screen of a table."""
    said = TABLES[table]["screen"]
    whole = next((name for name, parts in PARTS.items() if right in parts), "")
    return roles(said.get(right, said.get(whole, "nobody")))


def door(endpoint: str, method: str) -> Door | None:
    """The line for a page, or None."""
    if said := ROUTES["routes"].get(f"{endpoint} {method}"):
        return door_of(said)
    ledger, _, page = endpoint.partition(".")
    table, line = screens().get(ledger), ROUTES["ledgers"].get(f"{page} {method}")
    if table is None or line is None:
        return None
    rights = [word for word in line.split() if word not in {"@row", "nobody"}]
    return Door(frozenset().union(*(screen(table, right) for right in rights)), table=base(table) if "@row" in line else "")


def base(table: str) -> str:
    return str(TABLES[table].get("like", table))


def seen(table: str, kind: str) -> frozenset[Role] | None:
    """Who sees the rows of one class, or None where nothing is declared."""
    said = TABLES.get(base(table), {}).get("rows", {}).get(kind)
    return None if said is None else roles(said)


def columns(table: str) -> dict[str, str]:
    """Column → plain, masked or hidden, with those of the table it is like."""
    part = TABLES[table]
    own = {name: view for view in ("plain", "masked", "hidden") for name in part.get(view, "").split()}
    return {**(columns(part["like"]) if "like" in part else {}), **own}


def view(table: str, column: str, role: Role) -> str:
    said = columns(table)[column]
    return "plain" if said == "masked" and role in roles(unmasked(table).get(column, "nobody")) else said


def unmasked(table: str) -> dict[str, str]:
    """Masked columns that some roles read in full, with those of the table it is like."""
    part = TABLES[table]
    return {**(unmasked(part["like"]) if "like" in part else {}), **part.get("unmasked", {})}
