"""Each row of the report: what was measured, its bar, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.measure import Times


@dataclass(frozen=True)
class Row:
    """`value` is compared with `bar` (at most); None where there is nothing to hold it against."""

    what: str
    ours: Times | None
    stock: Times | None
    value: float | None
    unit: str
    bar: float | None
    against: str
    statements: int | None = None
    floor: Times | None = None

    @property
    def holds(self) -> bool:
        return self.bar is None or self.value is None or self.value <= self.bar

    @property
    def mark(self) -> str:
        return "" if self.bar is None else "✓" if self.holds else "✗"


def _ms(times: Times | None) -> str:
    return f"{times.median:.1f} / {times.p95:.1f}" if times else ""


def markdown(rows: Sequence[Row]) -> str:
    """The table of bench/README.md."""
    lines = ["| what | ours, ms median / p95 | stock Flask-Admin | floor | SQL | measured | bar | |", "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        value = f"{row.value:.2f}{row.unit}" if row.value is not None else ""
        bar = f"≤ {row.bar:g}{row.unit} {row.against}" if row.bar is not None else row.against
        lines.append(f"| {row.what} | {_ms(row.ours)} | {_ms(row.stock)} | {_ms(row.floor)} | {row.statements or ''} | {value} | {bar} | {row.mark} |")
    return "\n".join(lines)
