"""Requests that no page of ours would send: real addresses and field names of the house, with values from hell."""

import inspect
import random
import re
import sys
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from models import db
from settings import ROOT
from tests.browse import Browser
from tests.house import House

READ = re.compile(r'request\.(?:args|form|values)(?:\.get|\.getlist)?[(\[]\s*"(\w+)"|(?:chosen|short|clean)\("(\w+)"')
OF_LISTS = ("page", "page_size", "sort", "desc", "search", "flt0_0", "flt1_1", "flt2_3", "q", "id", "url", "rowid", "action", "cursor")
PLACES = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
NUMBERS = ("1", "2", "3", "0", "-1", "2147483647", "2147483648", "9" * 20, "9" * 400, "1e9", "0x10", "１", "1.5", "NaN")
TEXTS = (
    "", " ", "\0", "a\0b", "\ud800", "é" * 300, "字" * 5000, "<script>alert(1)</script>", "' OR 1=1 --", '"; DROP TABLE events; --',
    "{{ 7*7 }}", "${7*7}", "%s%n%x", "../../../etc/passwd", "\r\nSet-Cookie: a=b", "\u202egnp.exe", "👨‍👩‍👧‍👦", "=cmd|' /C calc'!A0",
    "2026-02-30", "0000-00-00", "99999-12-31", "2026-11-20", "2026-11", "2026-13", "24:61", "on", "true", "[]", "{}", "[[[[[[", "null",
    "//evil.example", "javascript:alert(1)", "19900000011", "clerk", "cadre", "fair", "paper", "%", "_", "*", "(" * 200, "a" * 200_000,
)  # fmt: skip


NOBODY = "nobody"


@cache
def field_names() -> tuple[str, ...]:
    """Every name that some page reads, and every column that some form may set."""
    texts = [path.read_text("utf8") for folder in ("portal", "admin") for path in (ROOT / folder).rglob("*.py")]
    read = {name for text in texts for found in READ.findall(text) for name in found if name}
    columns = {prop.key for mapper in db.Model.registry.mappers for prop in mapper.attrs}
    return tuple(sorted(read | columns | set(OF_LISTS)))


def rules_of(app: Flask) -> list[Rule]:
    return sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"), key=lambda rule: (rule.rule, rule.endpoint))


def takes_files(app: Flask, rule: Rule) -> bool:
    """Whether the module of this form reads an upload."""
    view = inspect.unwrap(app.view_functions[rule.endpoint])
    module = sys.modules.get(view.__module__)
    return "POST" in (rule.methods or ()) and module is not None and "request.files" in inspect.getsource(module)


@dataclass
class Hostile:
    """One visitor; `codes` are on slips he found, `trouble` are the answers that must not be."""

    house: House
    who: str
    dice: random.Random
    codes: tuple[str, ...] = ()
    answers: dict[int, int] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    shut: set[str] = field(default_factory=set)

    def run(self, times: int) -> None:
        rules = rules_of(self.house.app)
        for number in range(times):
            if number % 25 == 0:
                self.enter()
            self.ask(self.dice.choice([rule for rule in rules if rule.rule not in self.shut] if self.dice.random() < 0.8 else rules))

    def enter(self) -> None:
        """A fresh browser: some of what was asked before may have ended the last sign-in."""
        self.browser = Browser(self.house.app)
        if self.who != NOBODY:
            self.browser.sign_in(self.house.town.accounts[self.who], self.house.now)
        self.token = self.browser.token()

    def ask(self, rule: Rule) -> None:
        method = self.dice.choice(sorted((rule.methods or set()) - {"OPTIONS"}))
        path = PLACES.sub(lambda found: quote(self.place(found[1], found[2]), safe="", errors="replace"), rule.rule)
        query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in self.fields(self.dice.randint(0, 4)))
        form = MultiDict([*self.fields(self.dice.randint(0, 6)), ("csrf_token", self.token)]) if method == "POST" else None
        self.note(f"{method} {rule.rule}", path, query, self.send(method, f"{path}?{query}", form))

    def send(self, method: str, address: str, form: Any) -> Any:
        headers = {"User-Agent": "x" * 3000} if self.dice.random() < 0.02 else {}
        if self.dice.random() < 0.03:
            headers["Cookie"] = "session=.eJwl" + "x" * self.dice.randint(0, 5000)
        if self.dice.random() < 0.05:
            headers["Content-Type"] = self.dice.choice(("application/json", "multipart/form-data", "text/plain; charset=utf-7", "\x7f"))
        data = MultiDict([(name, value.encode("utf8", "surrogatepass").decode("utf8", "replace")) for name, value in form.items(multi=True)]) if form else None
        with self.house.app.app_context():  # each request has a context of its own, as it has in life
            return self.browser.client.open(address, method=method, data=data, headers=headers)

    def fields(self, count: int) -> list[tuple[str, str]]:
        names = field_names()
        return [(self.dice.choice(names), self.value()) for _ in range(count)]

    def value(self) -> str:
        return self.dice.choice(TEXTS if self.dice.random() < 0.6 else NUMBERS)

    def place(self, kind: str | None, name: str) -> str:
        if name == "token" and self.codes and self.dice.random() < 0.7:
            return self.dice.choice(self.codes)
        if kind == "int":
            return self.dice.choice(("1", "1", "2", "3", "0", "2147483647", "9" * 20))
        return self.dice.choice(("1", "x", "mine", "clients", "phone")) if self.dice.random() < 0.6 else self.value()[:200] or "x"

    def note(self, what: str, path: str, query: str, answer: Any) -> None:
        status = answer.status_code
        self.answers[status] = self.answers.get(status, 0) + 1
        if status in {401, 403}:
            self.shut.add(what.partition(" ")[2])
        text = answer.get_data()
        if status >= 500 or b"Traceback" in text or b"sqlalchemy" in text:
            self.trouble.append(f"{status} {what} {path[:80]}?{query[:300]}")
