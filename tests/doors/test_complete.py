"""Nothing without its line: each route, table, column, class of rows and verb stands in the declared policy, and nothing else does."""

from flask import Flask
from sqlalchemy import inspect

from models import db
from rules.roles import Role
from services.verbs import VERBS
from tests.doors import declared
from tests.doors.cast import Land

NOT_SAID = {"id", "version"}


def ways(app: Flask) -> list[tuple[str, str]]:
    return sorted({(rule.endpoint, m) for rule in app.url_map.iter_rules() for m in rule.methods - {"HEAD", "OPTIONS"}})


def models() -> list[type]:
    return [mapper.class_ for mapper in db.Model.registry.mappers]


def own_columns(model: type) -> set[str]:
    inherited = inspect(model).inherits
    old = {a.key for a in inherited.column_attrs} if inherited else set()
    return {a.key for a in inspect(model).column_attrs} - old - NOT_SAID


def test_each_route_has_its_line(app: Flask) -> None:
    missing = [f'"{endpoint} {method}" = "…"' for endpoint, method in ways(app) if declared.door(endpoint, method) is None]
    assert not missing, "add to [routes] of tests/doors/routes.toml, with the roles that may:\n" + "\n".join(missing)


def test_no_line_is_left_of_a_route_that_is_gone(app: Flask) -> None:
    there = {f"{endpoint} {method}" for endpoint, method in ways(app)}
    assert set(declared.ROUTES["routes"]) - there == set(), "take these lines out of tests/doors/routes.toml"


def test_each_table_and_column_has_its_word(app: Flask) -> None:
    missing = []
    for model in models():
        name = model.__name__
        said = declared.columns(name) if name in declared.TABLES else None
        if said is None:
            missing.append(f"[{name}]  # a section, with rows = {{ … }} and its columns: {' '.join(sorted(own_columns(model)))}")
        elif new := own_columns(model) - set(said):
            missing.append(f"[{name}]  # add to plain, masked or hidden: {' '.join(sorted(new))}")
    assert not missing, "add to tests/doors/tables.toml:\n" + "\n".join(missing)


def test_no_word_is_left_of_a_column_that_is_gone(app: Flask) -> None:
    gone = [f"{m.__name__}.{c}" for m in models() for c in set(declared.columns(m.__name__)) - {a.key for a in inspect(m).column_attrs}]
    assert gone == [], "take these out of tests/doors/tables.toml"
    assert set(declared.TABLES) == {m.__name__ for m in models()}


def test_each_class_of_rows_has_its_word(land: Land) -> None:
    missing = [
        f'[{table}]  rows = {{ …, {kind} = "…" }}'
        for table, classes in land.rows[Role.CADRE].items()
        for kind in classes
        if declared.seen(table, kind) is None
    ]
    assert not missing, "add to tests/doors/tables.toml who sees these rows:\n" + "\n".join(missing)


def test_each_verb_has_its_line() -> None:
    missing = [f'"{name}" = "{" ".join(sorted(v.roles)) or "nobody"}"' for name, v in VERBS.items() if name not in declared.VERBS]
    assert not missing, "add to tests/doors/verbs.toml, if these are indeed the roles that may:\n" + "\n".join(missing)
    assert set(declared.VERBS) - set(VERBS) == set(), "take these lines out of tests/doors/verbs.toml"
