"""On which line of a TOML text a key stands, so that a mistake can be pointed at."""

import re
from collections.abc import Iterator

from rules.params import Path

HEADER = re.compile(r"\s*(\[{1,2})([^\[\]]+)\]")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")
NAME = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
LONG = re.compile(r'"""|' + "'''")


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """The line of `path`, or of the nearest table around it that is known."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def find_lines(text: str) -> dict[Path, int]:
    """Path -> line number (from 1) for every table and key that stands on a line of its own."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _code_lines(text):
        if header := HEADER.match(line):
            table = _enter(_names(header[2]), counts, header[1] == "[[")
            found.setdefault(table, number)
        elif key := KEY.match(line):
            found.setdefault(table + _names(key[1]), number)
    return found


def _code_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that do not lie inside a long string."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside:
            yield number, line
        if len(LONG.findall(line)) % 2:
            inside = not inside


def _names(text: str) -> Path:
    return tuple(next(filter(None, found), "") for found in NAME.findall(text))


def _enter(names: Path, counts: dict[Path, int], array: bool) -> Path:
    """The path of a header; names of arrays on the way stand for their latest element."""
    path: Path = ()
    for at, name in enumerate(names):
        path = (*path, name)
        if array and at == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
