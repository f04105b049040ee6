"""Every page that changes something asks for the token of one's own device, and takes nothing that its form does not ask."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, Text, inspect, select
from werkzeug.routing import Rule

import models
from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from portal.edge.errors import EXPIRED
from rules.roles import Role
from tests.browse import Browser
from tests.doors import declared
from tests.doors.cast import Land
from tests.doors.tape import Tape
from tests.doors.visitors import address, path_of, visitor
from tests.homes import NOW
from tests.make import make

NO_COOKIE = {"owner.answer"}  # no sign-in stands behind it, the code in the address does (tests/web/test_owner_secrets.py)
DERIVED = {"version", "area_path", "pinyin", "phone_index", "slot", "path", "phone", "former_names"}  # the house makes them from what is typed


@pytest.fixture
def tape(app: Flask, land: Land) -> Iterator[Tape]:
    tape = Tape(app)
    yield tape
    tape.wind_back()
    tape.close()


def unsafe(app: Flask) -> Iterator[tuple[Rule, str, declared.Door]]:
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"GET", "HEAD", "OPTIONS"}):
            door = declared.door(rule.endpoint, method)
            if door is not None and rule.endpoint not in NO_COOKIE:
                yield rule, method, door


def who_may(door: declared.Door) -> str:
    return min(door.roles, key=list(Role).index).value if door.roles else "anonymous"


@pytest.mark.parametrize("token", ["none", "of another device"])
def test_without_the_token_of_ones_own_device_nothing_is_done(app: Flask, land: Land, tape: Tape, token: str) -> None:
    browsers: dict[str, Browser] = {}
    wrong = []
    doors = list(unsafe(app))
    for _rule, _method, door in doors:
        who = who_may(door)
        browsers.setdefault(who, visitor(app, land, who))
    foreign = visitor(app, land, "clerk").token()
    tape = Tape(app)
    for rule, method, door in doors:
        who = who_may(door)
        row = next(iter(land.rows[Role(who)][door.table].values())) if door.table and who != "anonymous" else None
        path = address(app, rule, row, 1) if row else path_of(app, rule, {})
        answer = browsers[who]._open(path, method=method, data={} if token == "none" else {"csrf_token": foreign})
        if answer.status_code != 400 or EXPIRED not in answer.text or tape.moved:
            wrong.append(f"{method} {path} as {who}: {answer.status_code}{' and changed something' if tape.moved else ''}")
        tape.wind_back()
    tape.close()
    assert wrong == []
    assert len(doors) > 60


class Form(HTMLParser):
    """What a browser would post of the page's form when nothing is typed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = ""
        self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        name = its.get("name") or ""
        if tag == "select":
            self.select = name
            self.values.setdefault(name, "")
        elif tag == "option" and "selected" in its and self.select:
            self.values[self.select] = its.get("value") or ""
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "input" and name and (its.get("type") not in {"checkbox", "radio"} or "checked" in its):
            self.values[name] = its.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data.removeprefix("\r\n").removeprefix("\n")


def written() -> list[tuple[str, Role]]:
    """Each generated screen with a form, and a role that may use it."""
    found = [(table, declared.screen(table, "edit")) for table in declared.screens().values()]
    return sorted((table, min(roles, key=list(Role).index)) for table, roles in found if roles)


def forged(model: type) -> dict[str, str]:
    """A value for every column and link that the form does not ask."""
    typed = set(declared.TABLES[model.__name__]["typed"].split())
    values = {column.key: forgery(column) for column in inspect(model).columns if column.key not in typed | {"version"}}
    links = {relation.key: "1" for relation in inspect(model).relationships if relation.key not in typed}
    return {**values, **links}


def forgery(column: Any) -> str:
    if column.foreign_keys or column.type.python_type in {int, bool}:
        return "1"
    return "2001-01-01" if column.type.python_type.__name__ in {"date", "datetime"} else "伪造"


def facts(table: str, key: int) -> dict[str, Any]:
    model = getattr(models, table)
    with working(db.engine, system("核对")) as session:
        row = session.scalars(select(model).where(model.id == key)).one()
        return {column.key: getattr(row, column.key) for column in inspect(model).columns}


def made(table: str, land: Land, role: Role) -> int:
    """The number of a row of the table; the land's clients are enterprises, so one of another kind is made."""
    key = land.rows[role][declared.base(table)]["unit"]
    if declared.base(table) == table or table == "Enterprise":
        return key
    area = facts("Client", key)["area_id"]
    with working(db.engine, system("核对")) as session:
        row = make(session, getattr(models, table), area_id=area)
        record(session, "land.built", row, by=system("核对"), now=NOW)
        session.commit()
        return int(row.id)


def typed_again(table: str, page: str) -> dict[str, str]:
    """The form as it stands on the page, with another word at the end of its first text."""
    form = {name: value for name, value in Form(page).values.items() if name not in {"search", "csrf_token"}}
    columns = inspect(getattr(models, table)).columns
    text = next(n for n in declared.TABLES[table]["typed"].split() if n in columns and type(columns[n].type) in {String, Text} and form.get(n))
    return {**form, text: form[text][:8] + "改"}


@pytest.mark.parametrize(("table", "role"), written(), ids=lambda one: getattr(one, "value", one))
def test_what_a_form_does_not_ask_cannot_be_slipped_into_it(app: Flask, land: Land, tape: Tape, table: str, role: Role) -> None:
    model, browser = getattr(models, table), visitor(app, land, role.value)
    key = made(table, land, role)
    before, slipped = facts(table, key), forged(model)
    path = f"/admin/{table.lower()}/edit/?id={key}"
    browser.post(path, {**slipped, **typed_again(table, browser.get(path).text)})
    after = facts(table, key)
    assert after["version"] == before["version"] + 1, "the honest part was to be saved"
    assert set(slipped) - DERIVED, "nothing was slipped in"
    assert "伪造" not in str(after)
    assert {name for name in before if before[name] != after[name]} <= DERIVED | set(declared.TABLES[table]["typed"].split())
