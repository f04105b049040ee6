"""How far the clauses of the documents are shown by tests: numbers, tests, state; and docs/clauses.md made from it."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rules.choices import Choice
from rules.text import _


class State(Choice):
    """SHOWN: a test carries the number. PLANNED: a plan pack has the clause, no test shows it yet."""

    SHOWN = "shown", _("已由测试证明")
    PLANNED = "planned", _("已入方案")
    OPEN = "open", _("未开始")


@dataclass(frozen=True)
class Shown:
    """One clause: its document's title, a few words, and the tests (file::name) that carry its number."""

    id: str
    document: str
    gist: str
    tests: tuple[str, ...]
    state: State


def coverage(root: Path) -> list[Shown]:
    """Every clause of docs/clauses.toml, in its order."""
    listed = tomllib.loads((root / "docs/clauses.toml").read_text("utf-8"))
    marks, planned = marked_tests(root / "tests"), in_plans(root / "plans")
    return [
        Shown(number, one["title"], gist, tuple(marks.get(number, ())), _state(number, marks, planned))
        for one in listed.values()
        for number, gist in one["clauses"].items()
    ]


def _state(number: str, marks: dict[str, list[str]], planned: set[str]) -> State:
    if number in marks:
        return State.SHOWN
    return State.PLANNED if number in planned else State.OPEN


def in_plans(folder: Path) -> set[str]:
    """Clause numbers that stand in a plan pack."""
    packs = (tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml")))
    return {clause["id"] for pack in packs for document in pack.get("documents", ()) for clause in document["clauses"]}


def marked_tests(folder: Path) -> dict[str, list[str]]:
    """{"QY-2.3b": ["rules/test_survey.py::test_…"]}, read without running anything."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        whole = [number for node in tree.body if isinstance(node, ast.Assign) for number in _numbers(node.value)]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                own = [number for decorator in node.decorator_list for number in _numbers(decorator)]
                for number in dict.fromkeys((*own, *whole)):
                    found.setdefault(number, []).append(f"{path.relative_to(folder).as_posix()}::{node.name}")
    return found


def _numbers(node: ast.AST) -> Iterator[str]:
    """What stands in `pytest.mark.clause(…)` anywhere inside a decorator or a `pytestmark`."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "clause":
            yield from (arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def page(shown: list[Shown]) -> str:
    """docs/clauses.md."""
    lines = ["# Clauses and the tests that show them", ""]
    lines += ["Made by `bin/lianxin clauses --write` from `docs/clauses.toml`, the plan packs and the marks in `tests/`.", ""]
    lines += ["，".join(f"{state.label}{sum(one.state is state for one in shown)}条" for state in State) + "。"]
    for document in dict.fromkeys(one.document for one in shown):
        lines += ["", f"## {document}", "", "| 条款 | 要点 | 状态 | 测试 |", "|---|---|---|---|"]
        lines += [_line(one) for one in shown if one.document == document]
    return "\n".join(lines) + "\n"


def _line(one: Shown) -> str:
    tests = "、".join(dict.fromkeys(test.partition("::")[0] for test in one.tests))
    return f"| {one.id} | {one.gist} | {one.state.label} | {tests} |"
