"""Who comes to the doors, how an address is filled in, and what an answer means."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.edge.numbers import KeyConverter
from rules.roles import Role
from tests.browse import Browser
from tests.doors import declared
from tests.doors.cast import HOME_CODE, Land
from tests.homes import NOW, tamper

STRANGERS = ("anonymous", "token holder", "disabled")
VISITORS = (*(role.value for role in Role), *STRANGERS)
PLACES = {"code": "enterprise", "gap": "nobody", "filename": "gov.css", "token": "no-such-code", "table": "cadres", "column": "phone", "export_type": "csv", "step": 1}
AT = {endpoint: {"table": "enterprise"} for endpoint in ("exports.new", "exports.make", "exports.paper", "intakes.new", "intakes.blank")}
AT |= {"help.show": {"book": "clerk"}, "help.picture": {"name": "cadre-order"}}
AT |= {"public.boards": {"code": HOME_CODE}}
OPEN = {200, 302, 303, 400, 409, 410, 422}


def visitor(app: Flask, land: Land, who: str) -> Browser:
    """A device of a role's person, or of somebody without an account that is good for anything."""
    browser = Browser(app)
    if who == "token holder":
        assert browser.get(f"/s/{land.token}").status_code == 200
    if who == "disabled":
        browser.sign_in(land.accounts["clerk"], NOW)
    elif who in land.accounts:
        browser.sign_in(land.accounts[who], NOW)
    return browser


@contextmanager
def shut(app: Flask, account_id: int) -> Iterator[None]:
    """The account is disabled meanwhile, its devices still signed in."""
    tamper(app, f"UPDATE accounts SET active = 0 WHERE id = {account_id}")
    yield
    tamper(app, f"UPDATE accounts SET active = 1 WHERE id = {account_id}")


def path_of(app: Flask, rule: Rule, numbers: dict[str, Any]) -> str:
    """The address of a rule; what `numbers` does not say is filled with something harmless."""
    places = {**PLACES, **AT.get(rule.endpoint, {})}
    values = {name: numbers.get(name, places.get(name, 1)) for name in rule._converters}
    with app.test_request_context():
        return str(rule.build(values, append_unknown=False)[1])


def address(app: Flask, rule: Rule, row: int | None, parent: int | None = None) -> str:
    """The address that names one row: its last number, or `?id=` where it has none."""
    names = [name for name, kind in rule._converters.items() if isinstance(kind, KeyConverter) and name != "step"]
    order = sorted(names, key=lambda name: rule.rule.index(f":{name}>"))
    numbers = dict(zip(order, [row] if len(order) == 1 else [parent, row], strict=True)) if order and row else {}
    path = path_of(app, rule, numbers)
    return path if order or row is None else f"{path}?id={row}"


def verdict(answer: TestResponse, way_out: bool = False) -> str:
    """`shut` (who are you?), `refused`, `absent`, `open`, or the status that should never be."""
    place = answer.headers.get("Location", "")
    if answer.status_code == 401 or ("/login" in place and not way_out):
        return "shut"
    named = {403: "refused", 404: "absent"}
    return named.get(answer.status_code) or ("open" if answer.status_code in OPEN else str(answer.status_code))


def expected(door: declared.Door, who: str, seen: frozenset[Role] | None) -> str:
    """What the declared policy says; `seen`: who sees the row that the address names."""
    if door.said:
        return door.said
    if who in STRANGERS:
        return "shut"
    if Role(who) not in door.roles:
        return "refused"
    return "open" if seen is None or Role(who) in seen else "absent"


def text_of(answer: TestResponse) -> str:
    """All that can be read in an answer, also inside a Word or Excel file."""
    data = answer.get_data()
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())
    return data.decode("utf-8", "ignore")
