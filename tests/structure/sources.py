"""What the structure tests read: the house's own files, and which of its functions call what."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("rules", "models", "services", "documents", "tasks", "admin", "portal")
# Written elsewhere, or lists of words and versions.
NOT_TRACKED = {"var", "screenshots", "__pycache__", "node_modules", "build"}
FOREIGN = ("static/vendor/", "rules/words/", "requirements", "tests/samples/")


def files(*endings: str) -> Iterator[Path]:
    """Our own text files with one of the endings."""
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if not name.startswith(".") and name not in NOT_TRACKED]
        for path in (Path(folder, name) for name in names):
            if path.suffix in endings and not path.relative_to(ROOT).as_posix().startswith(FOREIGN):
                yield path


def modules() -> Iterator[Path]:
    """Every Python file of the layers."""
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}


def calls(node: ast.AST) -> set[str]:
    """The last names of everything called inside `node`."""
    found = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return {getattr(func, "id", getattr(func, "attr", "")) for func in found}


def calls_in_module(path: Path, name: str) -> set[str]:
    """What a function calls, itself or through other functions of its file."""
    known, seen, open_ = functions(path), set[str](), [name]
    while open_:
        for called in calls(known[open_.pop()]) - seen:
            seen.add(called)
            open_ += [called] if called in known else []
    return seen
