"""What runs long: each in a process of its own on a copy of the data, so that its time and its peak of memory are its own.

    python -m bench.heavy export|stock-export|round HOME [DATABASE]     prints one line of JSON
"""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from bench import data
from bench.house import NOW, settings_for
from bench.round import month
from models import Order, db
from models.access.actor import Actor
from rules.roles import Role
from services.exports.making import listing_of, looking, write
from services.exports.register import Wanted
from settings import ROOT

RESTING = {
    "web": "import app, pathlib, bench.house as h; app.create_app(h.settings_for(pathlib.Path({home!r}))).test_client().get('/login')",
    "worker": "import tasks.worker",
}
HELD = "; import resource, pathlib; print(int(pathlib.Path('/proc/self/statm').read_text().split()[1]) * resource.getpagesize() / 2**20)"


def resting(what: str, home: Path) -> float:
    """MB that the web server or the worker holds once it has started."""
    code = RESTING[what].format(home=str(home)) + HELD
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout)


def child(what: str, home: Path, database: str = "") -> dict[str, float]:
    """Figures of one piece of work, its process gone afterwards."""
    done = subprocess.run([sys.executable, "-m", "bench.heavy", what, str(home), database], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(f"{what}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def held() -> float:
    """What it holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def export(app: Flask) -> dict[str, float]:
    """Every tenth order as a table, by the way that a job takes."""
    clerk = Actor("李经办", Role.CLERK, account_id=1, area_path="1/")
    figures = {"before": held()}
    for kind in ("csv", "xlsx"):
        wanted = Wanted(Order, {"search": data.COMMON}, kind)
        with looking(db.engine, clerk) as session, tempfile.TemporaryFile() as out:
            began = time.perf_counter()
            figures["rows"] = write(out, session, listing_of(wanted, clerk), wanted, []).rows
            figures[kind] = time.perf_counter() - began
    return figures | {"peak": peak()}


def stock_export(database: str) -> dict[str, float]:
    from bench.stock import Stock  # noqa: PLC0415 - its memory is not ours

    stock = Stock(database)
    figures = {"before": held()}
    began = time.perf_counter()
    stock.get(f"/admin/order/export/csv/?search={data.COMMON}")
    figures["csv"] = time.perf_counter() - began
    return figures | {"peak": peak()}


def round_(app: Flask) -> dict[str, float]:
    """November from its opening to its count, beside the bare statement that writes the same rows."""
    figures = {"before": held()}
    figures |= month(app, NOW)
    return figures | {"peak": peak()}


def copied(home: Path) -> Path:
    """The same house once more, to be used up."""
    with closing(sqlite3.connect(home / "lianxin.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other = Path(tempfile.mkdtemp(prefix="used-up-", dir=home))
    for name in ("keys.json", "lianxin.db"):
        shutil.copy(home / name, other / name)
    return other


def main(what: str, home: Path, database: str) -> dict[str, Any]:
    if what == "stock-export":
        return stock_export(database or settings_for(home).database_url)
    used_up = copied(home) if what == "round" else None
    app = create_app(settings_for(used_up or home, database))
    app.config["CLOCK"] = lambda: NOW
    try:
        with app.app_context():
            return {"export": export, "round": round_}[what](app)
    finally:
        if used_up:
            shutil.rmtree(used_up)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")))
