"""What every table, flow, verb and screen owes to the house."""

import ast
import importlib

import pytest

import admin
import models
from models import db
from models.access.policy import ROWS
from rules.flows import Flow
from rules.roles import Role
from services.ledgers import SCREENS
from services.verbs import VERBS
from tests.structure.sources import ROOT, calls_in_module, functions, modules, name_of

MAPPERS = [mapper for mapper in db.Model.registry.mappers if mapper.inherits is None]
NOBODY_READS = {"Attempt"}  # counted by the door itself, under its own name
# Verbs that only the machine says, for people whom the page itself has recognised or whom no role describes.
SYSTEM_ONLY = {"export.clean", "intake.fail", "ballot.cast", "sanction.expire", "accounts.activate", "accounts.change_password",
               "board.expire", "round.complete", "round.stall", "round.clear", "round.keep"}  # fmt: skip
QUIET = {"notice.read", "notice.read_all"}  # whether somebody opened his own mail is no event
ENDED_BY_ITS_ROUND = {"rules.invitations"}  # an answer may be changed until the round closes
FLOWS = {
    name_of(path): flow
    for path in sorted((ROOT / "rules").rglob("*.py"))
    for flow in [getattr(importlib.import_module(name_of(path)), "FLOW", None)]
    if isinstance(flow, Flow)
}
VERB_FUNCTIONS = [
    (str(decorator.args[0].value), path, name)
    for path in modules()
    for name, node in functions(path).items()
    for decorator in node.decorator_list
    if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "verb"
]


def reached(flow, start):
    """States that moves lead to from `start`, itself included."""
    found = [start]
    for state in found:
        found += [move.target for move in flow.allowed(state) if move.target not in found]
    return set(found)


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_state_is_reached_and_every_move_has_a_label(flow):
    assert reached(flow, flow.start) == set(type(flow.start))
    assert all(move.label and move.name.isidentifier() for move in flow.moves)


@pytest.mark.parametrize("name", sorted(set(FLOWS) - ENDED_BY_ITS_ROUND))
def test_every_flow_reaches_an_end_from_every_state(name):
    flow = FLOWS[name]
    assert [state for state in flow.states if not flow.ends & reached(flow, state)] == []


def test_every_verb_has_a_label_and_somebody_who_may_say_it():
    assert {name for name, verb in VERBS.items() if not verb.label} == set()
    assert {name for name, verb in VERBS.items() if not verb.roles} == SYSTEM_ONLY


def test_every_verb_leaves_an_event():
    assert len(VERB_FUNCTIONS) == len(VERBS) > 50
    silent = [verb for verb, path, name in VERB_FUNCTIONS if "record" not in calls_in_module(path, name)]
    assert set(silent) == QUIET


def test_every_table_says_who_sees_which_rows():
    names = {mapper.class_.__name__ for mapper in MAPPERS}
    assert names - ROWS.keys() == NOBODY_READS
    assert ROWS.keys() - names == set()


def test_every_screen_stands_on_a_real_table_and_in_the_menu():
    assert set(SCREENS) == set(admin.LEDGERS)
    assert [name for name in SCREENS if not issubclass(getattr(models, name), db.Model)] == []


def test_every_screen_offers_only_what_exists():
    known = {"list", "details", "create", "edit", "export"}
    for name, by_role in SCREENS.items():
        flow = getattr(models, name).flow
        moves = {move.name for move in flow.moves} if flow else set()
        for role, actions in by_role.items():
            assert actions - known - moves == set(), name
            assert role in Role


def test_whoever_has_a_screen_sees_rows_in_it():
    for name, by_role in SCREENS.items():
        base = next(m for m in MAPPERS if issubclass(getattr(models, name), m.class_))
        assert set(by_role) - set(ROWS[base.class_.__name__]) == set(), name


def test_every_column_has_a_chinese_label():
    plain = [
        f"{mapper.class_.__name__}.{column.key}"
        for mapper in db.Model.registry.mappers
        for column in mapper.columns
        if not any("一" <= sign <= "鿿" for sign in column.info.get("label", ""))
    ]
    assert plain == []


def test_every_table_has_a_chinese_title():
    assert [m.class_.__name__ for m in db.Model.registry.mappers if not m.class_.__title__] == []
