"""What a reader may not see, no question tells him: the same list with two different secrets answers alike (trust G12)."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect

import models
from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.types import SealedText
from rules.roles import Role
from tests.browse import Browser
from tests.doors import declared
from tests.doors.cast import Land
from tests.doors.visitors import visitor
from tests.homes import NOW

CASES = int(os.environ.get("LIANXIN_ORACLE_CASES", "150"))
NONCES = re.compile(r'(name="csrf_token" value|name="csrf-token" content|nonce)="[^"]*"')
SECRETS = ("甲等机密", "乙等机密")
PHONES = ("02900127734", "02900567734")  # the same under their stars


def secret_columns() -> list[tuple[str, str, Role]]:
    """(table, column, role) of every text on a screen that the role may list and not read."""
    found = []
    for table in declared.screens().values():
        for column in inspect(getattr(models, table)).columns:
            text = isinstance(column.type, SealedText) or getattr(column.type, "python_type", None) is str
            for role in declared.screen(table, "list"):
                if text and declared.columns(table).get(column.key) and declared.view(table, column.key, role) != "plain" and writable(column):
                    found.append((table, column.key, role))
    return sorted(found)


def writable(column: Any) -> bool:
    """Not a key of the machine, whose form is fixed."""
    return not column.key.endswith(("_index", "_hash")) and column.key not in {"area_path", "path", "kind", "pinyin", "slot", "uid", "media_type"}


def questions(table: str, column: str) -> st.SearchStrategy[str]:
    """Addresses of a list: search, sort, filter, chip, page by anything, the secret's own column and words foremost."""
    words = st.sampled_from([*SECRETS, SECRETS[0][:2], SECRETS[1][:1], *(p[:-4] for p in PHONES), PHONES[0][3:7], "199", "7", "%", "_", "机密"])
    names = st.sampled_from([column, "id", *sorted(declared.columns(table))])
    one = st.one_of(
        words.map(lambda word: f"search={word}"),
        st.tuples(names, st.sampled_from("01")).map(lambda it: f"sort={it[0]}&desc={it[1]}"),
        st.tuples(st.sampled_from(["f_", "flt0_", "flt1_", ""]), names, words).map(lambda it: f"{it[0]}{it[1]}={it[2]}"),
        st.sampled_from(["page=1", "page_size=100", "chip=x"]),
    )
    return st.lists(one, min_size=1, max_size=3).map("&".join)


@pytest.fixture(scope="module")
def browsers(app: Flask, land: Land) -> dict[Role, Browser]:
    return {role: visitor(app, land, role.value) for role in Role}


def keep(land: Land, table: str, column: str, role: Role, value: str) -> None:
    """Put the secret into every row of the table that the reader sees."""
    model = getattr(models, table)
    with working(db.engine, system("核对")) as session:
        for key in {*land.rows[role][declared.base(table)].values()}:
            row = session.get(model, key)
            if row is not None:
                setattr(row, column, f"{value}{key}" if inspect(model).columns[column].unique else value)
        record(session, "land.built", "land", by=system("核对"), now=NOW)
        session.commit()


def pages(browser: Browser, table: str, asked: list[str]) -> Iterator[str]:
    for ask in asked:
        answer = browser.get(f"/admin/{table.lower()}/?{ask}")
        yield f"{answer.status_code} {answer.headers.get('Location', '')} {NONCES.sub('', answer.text)}"


def told(land: Land, browser: Browser, table: str, column: str, role: Role, many: int) -> tuple[list[str], list[str]]:
    """The questions asked, and those whose answer depends on the secret."""
    asked: list[str] = []

    @settings(max_examples=many, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(questions(table, column))
    def gather(ask: str) -> None:
        asked.append(ask)

    gather()
    answers = []
    for secret in PHONES if isinstance(inspect(getattr(models, table)).columns[column].type, SealedText) else SECRETS:
        keep(land, table, column, role, secret)
        answers.append(list(pages(browser, table, asked)))
    return asked, [ask for ask, one, other in zip(asked, *answers, strict=True) if one != other]


@pytest.mark.parametrize(("table", "column", "role"), secret_columns(), ids=lambda one: getattr(one, "value", one))
def test_no_question_tells_what_the_reader_may_not_see(land: Land, browsers: Any, table: str, column: str, role: Role) -> None:
    _asked, telling = told(land, browsers[role], table, column, role, max(2, CASES // len(secret_columns())))
    assert telling == []


def test_what_is_open_is_told_by_every_question(land: Land, browsers: Any) -> None:
    """The other side: the same questions on a column that may be read do notice the change."""
    asked, telling = told(land, browsers[Role.CLERK], "Enterprise", "name", Role.CLERK, 5)
    assert telling
    assert len(asked) == 5
