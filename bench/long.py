"""The rows of the report about long work and memory, each measured in a process of its own."""

from collections.abc import Iterator
from pathlib import Path

from bench.heavy import child, resting
from bench.measure import Times
from bench.table import Row


def rows(home: Path) -> Iterator[Row]:
    yield from exports(home)
    yield from month(child("round", home))
    web, worker = resting("web", home), resting("worker", home)
    yield Row("memory, web and worker after their start", None, None, web + worker, " MB", 220, f"(web {web:.0f}, worker {worker:.0f})")


def exports(home: Path) -> Iterator[Row]:
    ours, stock = child("export", home), child("stock-export", home)
    for kind in ("csv", "xlsx"):
        theirs = _seconds(stock[kind]) if kind in stock else None
        yield Row(f"export of {ours['rows']:,.0f} rows, {kind}", _seconds(ours[kind]), theirs, None, "", None, "a job with progress")
    yield Row("export, peak of memory of the whole process", None, None, ours["peak"], " MB", 150, f"(stock csv: {stock['peak']:.0f} MB)")


def month(took: dict[str, float]) -> Iterator[Row]:
    asked = f"round of {took['asked']:,.0f}"
    yield Row(f"{asked}, opened", _seconds(took["open"]), None, took["open"] / took["raw"], "×", 3, f"raw INSERT, {took['raw']:.1f} s")
    yield Row(f"{asked}, opened: longest wait of another who writes meanwhile", _seconds(took["wait"]), None, None, "", None, "")
    yield Row(f"{asked}, first invitations", _seconds(took["invite"]), None, None, "", None, "")
    yield Row(f"{asked}, reminded: {took['texted']:,.0f} messages with the first ones", _seconds(took["remind"]), None, None, "", None, "")
    yield Row(f"{asked}, closed", _seconds(took["close"]), None, None, "", None, "")
    yield Row(f"{asked}, counted with ten months before", _seconds(took["count"]), None, None, "", None, "")
    yield Row(f"{asked}, peak of memory of the whole process", None, None, took["peak"], " MB", None, f"{took['before']:.0f} MB before")


def _seconds(seconds: float) -> Times:
    return Times((seconds * 1000,))
