"""One at a time on this machine: locks that go away with the process that held them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rules.errors import RuleBroken
from rules.text import _

STANDING = "standing.lock"
_held: list[IO[str]] = []


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the lock file `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def stand_in(home: Path) -> None:
    """Say until this process ends that it serves the house; waits while the house is being restored."""
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / STANDING).open("w")
    fcntl.flock(lock, fcntl.LOCK_SH)
    _held.append(lock)


@contextmanager
def vacant(home: Path) -> Iterator[None]:
    """Nobody serves the house, and nobody begins to; raises RuleBroken("house-running")."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / STANDING).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise RuleBroken("house-running", _("连心正在运行，不能恢复。请先停止网页和后台（停掉 bin/run），再重新执行。")) from busy
        yield
