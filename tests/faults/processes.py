"""Web servers and workers to be killed: started in milliseconds, on a socket that outlives them."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from settings import ROOT, Settings
from tests.homes import NOW

ONCE_MORE = timedelta(minutes=3)  # a little more than a lease
LIVES_A_DAY = 180  # nine hours; messages rest at night


class Mortal:
    """`kind` is web or worker; each life of a worker begins three minutes later, when the leases are free again."""

    def __init__(self, kind: str, settings: Settings, door: socket.socket, plant: str = "") -> None:
        self.kind, self.lives = kind, 0
        names = {"LIANXIN_HOME": str(settings.home), "DATABASE_URL": settings.database_url.replace("+psycopg", ""),
                 "REDIS_URL": settings.redis_url, "LIANXIN_GATEWAY_URL": settings.gateway_url}  # fmt: skip
        command = [sys.executable, "-m", "tests.faults.forked", kind, str(door.fileno()), *filter(None, [plant])]
        self.parent = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **names}, pass_fds=[door.fileno()], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _say(self, order: str) -> int:
        assert self.parent.stdin
        assert self.parent.stdout
        self.parent.stdin.write(f"{order}\n")
        self.parent.stdin.flush()
        return int(self.parent.stdout.readline())

    def moment(self) -> datetime:
        days, lives = divmod(self.lives, LIVES_A_DAY)
        return NOW + timedelta(days=days) + ONCE_MORE * lives if self.kind == "worker" else NOW

    def start(self) -> None:
        self.pid = self._say(f"start {self.moment().isoformat()}")
        self.lives += 1

    def kill(self) -> None:
        self._say("kill")

    def lives_on(self) -> bool:
        """Whether the process that was started last still runs."""
        state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in {"Z", "X"}

    def end(self) -> None:
        self.kill()
        self.parent.communicate(timeout=60)


@contextmanager
def alive(settings: Settings, plant: str = "", kinds: tuple[str, ...] = ("web", "worker")) -> Iterator[tuple[int, *tuple[Mortal, ...]]]:
    """A web server and a worker (or whom `kinds` names) on the same house; yields the port and each."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as door:
        door.set_inheritable(True)
        both = [Mortal(kind, settings, door, plant) for kind in kinds]
        for one in both:
            one.start()
        try:
            yield (door.getsockname()[1], *both)
        finally:
            for one in both:
                one.end()
