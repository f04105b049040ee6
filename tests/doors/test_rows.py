"""The matrix below the pages: every role at every class of row, every column and every verb; each cell declared and tried."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select

import models
from models import db
from models.access.fields import view_of
from models.access.session import ActorSession
from rules.errors import NotAllowed
from rules.roles import Role
from services.verbs import VERBS, permit
from tests.doors import declared
from tests.doors.cast import Land

Counted = Callable[[str, Any], None]


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_each_row_is_there_for_whom_its_table_names_and_for_nobody_else(land: Land, role: Role, record_property: Counted) -> None:
    wrong, tried = [], 0
    with ActorSession(db.engine, info={"actor": land.actors[role]}) as session:
        for table, classes in land.rows[role].items():
            model = getattr(models, table)
            for kind, row in classes.items():
                there = session.scalar(select(model.id).where(model.id == row)) is not None
                wanted, tried = role in (declared.seen(table, kind) or ()), tried + 1
                if there != wanted:
                    wrong.append(f"[{table}] {kind} = {role.value}? declared {wanted}, is {there}")
    record_property("cells", tried)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_each_column_is_read_as_its_word_says(app: Flask, role: Role, record_property: Counted) -> None:
    wrong, tried = [], 0
    for mapper in db.Model.registry.mappers:
        name = mapper.class_.__name__
        for column in set(declared.columns(name)) & set(inspect(mapper.class_).columns.keys()):
            is_, wanted, tried = view_of(role, inspect(mapper.class_).columns[column]), declared.view(name, column, role), tried + 1
            if is_ != wanted:
                wrong.append(f"{name}.{column} for {role.value}: declared {wanted}, is {is_}")
    record_property("cells", tried)
    assert wrong == []


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_each_verb_is_said_by_whom_its_line_names_and_by_nobody_else(land: Land, role: Role, record_property: Counted) -> None:
    wrong = []
    for name in VERBS:
        try:
            permit(land.actors[role], name)
            said = True
        except NotAllowed:
            said = False
        if said != (role in declared.roles(declared.VERBS[name])):
            wrong.append(f"{name} by {role.value}: the house says {said}, verbs.toml does not")
    record_property("cells", len(VERBS))
    assert wrong == []
