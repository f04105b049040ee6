"""Power cuts by replay: every write and sync of a process is recorded, then disks are made as a cut at any moment may leave them.

What was synced stands. Of what was written since, each piece is there or not, in any order, and one may be torn.
"""

import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from settings import ROOT

CALL = re.compile(r'^\d+\s+(\w+)\((\d+)<([^>]*)>(?:, (?:"((?:\\x[0-9a-f]{2})*)"(?:\.\.\.)?, )?(\d+)?(?:, (\d+))?)?\)\s+= (-?\d+)', re.M)
SECTOR = 512


@dataclass(frozen=True)
class Step:
    """What happened to a file, or what was said (`file` is empty)."""

    call: str
    file: str
    data: bytes = b""
    at: int = 0


@dataclass
class Disk:
    """One file: what is synced, and what waits for it."""

    synced: bytearray = field(default_factory=bytearray)
    waiting: list[Step] = field(default_factory=list)

    def take(self, step: Step) -> None:
        if step.call in {"fsync", "fdatasync"}:
            for one in self.waiting:
                put(self.synced, one)
            self.waiting.clear()
        else:
            self.waiting.append(step)

    def cut(self, dice: random.Random) -> bytes:
        """The file as it may be found after the power came back."""
        left = bytearray(self.synced)
        kept = [step for step in self.waiting if dice.random() < 0.5]
        torn = dice.randrange(len(kept)) if kept else -1
        for number, step in enumerate(kept):
            half = step.data[: SECTOR * dice.randint(0, len(step.data) // SECTOR)]
            put(left, Step(step.call, step.file, half, step.at) if number == torn and step.data else step)
        return bytes(left)


def put(content: bytearray, step: Step) -> None:
    if step.call == "ftruncate":
        del content[step.at :]
        content.extend(b"\0" * (step.at - len(content)))
        return
    content.extend(b"\0" * (step.at - len(content)))
    content[step.at : step.at + len(step.data)] = step.data


def record_writes(home: Path, count: int, synchronous: str, trace: Path) -> list[Step]:
    """Run the writer under strace; what it did to the database, and when it said that something was kept."""
    command = ["strace", "-f", "-y", "-xx", "-s", "100000", "-e", "trace=pwrite64,write,fsync,fdatasync,ftruncate", "-o", str(trace)]
    writer = [sys.executable, "-m", "tests.faults.writer", str(home), str(count), synchronous]
    subprocess.run([*command, *writer], cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=120)
    return list(steps(trace.read_text("ascii", "replace")))


def steps(trace: str) -> Iterator[Step]:
    for found in CALL.finditer(trace):
        call, descriptor, name, text, first, second, result = found.groups()
        name = bytes.fromhex(name.replace("\\x", "")).decode() if name.startswith("\\x") else name
        data = bytes.fromhex((text or "").replace("\\x", ""))
        if int(result) < 0:
            continue
        if descriptor == "1" and data.startswith(b"ack "):
            yield Step("ack", "", data)
        elif re.search(r"lianxin\.db(-wal)?$", name):
            at = int(second or 0) if call == "pwrite64" else int(first or 0)
            yield Step(call, Path(name).name, data[: int(result)] if data else b"", at)


def images(done: list[Step], base: bytes, folder: Path, times: int, dice: random.Random) -> Iterator[int]:
    """Lay out the database as a cut at some moment left it, again and again; yields how many were acknowledged by then."""
    moments = sorted(dice.randrange(len(done)) for _ in range(times))
    disks = {"lianxin.db": Disk(bytearray(base)), "lianxin.db-wal": Disk()}
    told, place = 0, 0
    for moment in moments:
        for step in done[place:moment]:
            told += step.call == "ack"
            if step.file:
                disks[step.file].take(step)
        place = moment
        for name, disk in disks.items():
            (folder / name).write_bytes(disk.cut(dice))
        (folder / "lianxin.db-shm").unlink(missing_ok=True)
        yield told


def found_in(folder: Path) -> tuple[str, int]:
    """(SQLite's own judgement, how many events from the first on are there without a gap)."""
    with closing(sqlite3.connect(folder / "lianxin.db")) as connection:
        try:
            judged = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            held = {subject for (subject,) in connection.execute("SELECT subject FROM events WHERE subject LIKE 'power:%'")}
        except sqlite3.DatabaseError as broken:
            return str(broken), 0
    number = 0
    while f"power:{number + 1}" in held:
        number += 1
    return judged, number if number == len(held) else -1
