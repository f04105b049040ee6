"""The matrix of pages: every visitor at every door with every class of row; each cell is declared, and tried here.

Pages are declared in routes.toml, rows in tables.toml; their heads say how to add a line. A door that stays shut
must also leave everything as it was, looking changes nothing, and no answer holds a word of another township.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

import models
from rules.roles import Role
from tests.browse import Browser
from tests.doors import declared
from tests.doors.cast import FAR_PHONE, MARK, Land, links_of
from tests.doors.tape import Tape
from tests.doors.visitors import STRANGERS, VISITORS, address, expected, path_of, shut, text_of, verdict, visitor

LOOKING = {"events"}  # what a page may write when it is only looked at: that it was looked at
BOOK = "event."  # whoever reads the book of events reads all of it
TOLD = re.compile(f"{MARK}([A-Za-z]*)|{FAR_PHONE}")
FORMS = {"coverage.hand_over": {"cadre": "Cadre"}, "letters.sign": {"subject": "Area"}}  # pages that must be told of a second row


@dataclass(frozen=True)
class Cell:
    """One door with one class of row: what is asked, and what the policy says to whoever asks."""

    rule: Rule
    method: str
    kind: str
    path: str
    wanted: str
    form: dict[str, int] | None = None

    def __str__(self) -> str:
        return f'"{self.rule.endpoint} {self.method}" {self.kind}: {self.path} should be {self.wanted}'


@pytest.fixture(scope="module")
def browsers(app: Flask, land: Land) -> dict[str, Browser]:
    return {who: visitor(app, land, who) for who in VISITORS}


@pytest.fixture(scope="module")
def tape(app: Flask, browsers: dict[str, Browser]) -> Iterator[Tape]:
    """Wound back to the moment when everybody has signed in."""
    tape = Tape(app)
    yield tape
    tape.close()


def cells(app: Flask, land: Land, who: str) -> Iterator[Cell]:
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            door = declared.door(rule.endpoint, method)
            assert door is not None, f'add "{rule.endpoint} {method}" = "…" to tests/doors/routes.toml'
            yield from _cells(app, land, who, rule, method, door)


def asked(endpoint: str) -> list[tuple[str, str]]:
    """What a page without a row is asked: a pick-list for each of its links, the others once."""
    ledger, _, page = endpoint.partition(".")
    if page != "ajax_lookup":
        return [("-", "")]
    model = getattr(models, declared.screens()[ledger])
    return [(name, f"?name={name}&query=") for name, _far, is_link in links_of(model) if is_link and inspect(model).relationships[name].info.get("label")]


def of_other_kind(endpoint: str) -> bool:
    """The land's clients are enterprises: on the screens of the other kinds they are not there."""
    table = declared.screens().get(endpoint.partition(".")[0], "")
    return table in declared.TABLES and declared.base(table) != table != "Enterprise"


def _cells(app: Flask, land: Land, who: str, rule: Rule, method: str, door: declared.Door) -> Iterator[Cell]:
    mine = land.rows[Role("clerk" if who in STRANGERS else who)]
    form = {name: mine[table]["own"] for name, table in FORMS.get(rule.endpoint, {}).items()}
    if not door.table:
        numbers = {"token": land.token} if rule.endpoint.startswith("owner.") else {}
        for name, ask in asked(rule.endpoint):
            yield Cell(rule, method, name, path_of(app, rule, numbers) + ask, expected(door, who, None), form)
        return
    for kind, row in mine[door.table].items():
        path = address(app, rule, row, mine.get("Round", {}).get(kind))
        seen = frozenset() if of_other_kind(rule.endpoint) or door.lacks(kind) else declared.seen(door.table, kind)
        wanted = expected(door, who, seen)
        if wanted == "open" and ("refused" in door.but or (kind == "own" and "own" in door.but)):
            wanted = "refused"
        yield Cell(rule, method, kind, path, wanted, form)


def abroad(answer: TestResponse, who: str) -> set[str]:
    """Tables of the other township that the answer tells of, though nobody may see those rows."""
    said = {name or "?" for name in TOLD.findall(text_of(answer))}
    role = Role(who) if who in set(Role) else None
    may = [name for name in declared.TABLES if role in (declared.seen(name, "other") or ())]
    return {name for name in said if not any(one.startswith(name) for one in may)}  # a short column cuts the name off


def tried(browser: Browser, tape: Tape, cell: Cell, who: str) -> str:
    """What is wrong about the answer, or nothing."""
    cookies = dict(browser.client._cookies)  # a page may sign him out
    answer = browser.get(cell.path) if cell.method == "GET" else browser.post(cell.path, cell.form)
    got, browser.client._cookies = verdict(answer, cell.rule.endpoint == "security.logout"), cookies
    strange, changed = set() if cell.rule.endpoint.startswith(BOOK) else abroad(answer, who), tape.changed()
    answer.close()
    tape.wind_back()
    if got != cell.wanted:
        return f"{cell}, is {got}"
    if changed and got != "open":
        return f"{cell} and changed {changed}"
    if cell.method == "GET" and changed - LOOKING:
        return f"{cell}: looking changed {changed}"
    return f"{cell} tells of {strange} over the hill" if strange else ""


@pytest.mark.parametrize("who", VISITORS)
def test_each_door_opens_for_whom_its_line_names_and_for_nobody_else(
    app: Flask, land: Land, browsers: dict[str, Browser], tape: Tape, who: str, record_property: Callable[[str, Any], None]
) -> None:
    if who == "disabled":
        with shut(app, land.accounts["clerk"]):
            tape = Tape(app)
            found = list(cells(app, land, who))
            wrong = [trouble for cell in found if (trouble := tried(browsers[who], tape, cell, who))]
            tape.close()
    else:
        found = list(cells(app, land, who))
        wrong = [trouble for cell in found if (trouble := tried(browsers[who], tape, cell, who))]
    record_property("cells", len(found))
    assert wrong == [], "\n".join(wrong)
