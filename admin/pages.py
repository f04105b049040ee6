"""A list page ready to print: prepared values, so that the template only prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from services.lists.query import MOST_COUNTED, MOST_PAGES, SIZES, Ask, Ledger
from services.lists.reader import Cell


@dataclass(frozen=True)
class Line:
    pk: int
    title: Cell
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Head:
    """A column's head; `sort` is the address arguments of a click, None where no index serves it."""

    key: str
    label: str
    kind: str
    sort: dict[str, Any] | None
    mark: str


@dataclass(frozen=True)
class Chip:
    name: str
    label: str
    count: str
    here: bool


def brief(count: int) -> str:
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"


@dataclass(frozen=True)
class Page:
    ask: Ask
    heads: Sequence[Head]
    lines: Sequence[Line]
    chips: Sequence[Chip]
    total: int
    sizes: Sequence[int] = SIZES

    @property
    def total_said(self) -> str:
        if self.total > MOST_COUNTED:
            return gettext("超过 %(most)s 条", most=f"{MOST_COUNTED:,}")
        return gettext("共 %(n)s 条", n=brief(self.total))

    @property
    def last(self) -> int:
        return min(max(-(-self.total // self.ask.size) - 1, 0), MOST_PAGES - 1)

    @property
    def numbers(self) -> Iterator[int | None]:
        """Page numbers to offer; None is a gap."""
        near = {0, self.last, *range(self.ask.page - 2, self.ask.page + 3)}
        shown = sorted(n for n in near if 0 <= n <= self.last)
        for before, n in zip([-1, *shown], shown, strict=False):
            yield from [None, n] if n - before > 1 else [n]


def page_of(ledger: Ledger, args: Any, session: Any, default: tuple[str, bool] | None) -> Page:
    """Two statements, whatever the page: one for all numbers, one for the rows."""
    ask = ledger.ask(args)
    counts = ledger.counts(session, ask)
    ask = clamped(ask, counts.asked)
    found = session.scalars(ledger.rows(ask, default).limit(ask.size).offset(ask.page * ask.size))
    listed = tuple(col for col in ledger.cols if col.has("listed"))
    heads = [head(ledger, ask, col) for col in listed]
    return Page(
        ask, heads, [line(ledger, listed, row) for row in found], chips(ledger, ask, counts), counts.asked
    )


def clamped(ask: Ask, total: int) -> Ask:
    """A page behind the last one shows the last one."""
    last = max(-(-total // ask.size) - 1, 0)
    return ask if ask.page <= last else Ask(**(vars(ask) | {"page": last}))


def line(ledger: Ledger, listed: Sequence[Any], row: Any) -> Line:
    cells = [ledger.reader.cell(row, col) for col in listed]
    return Line(getattr(row, ledger.pk.key), cells[0], cells[1:])


def head(ledger: Ledger, ask: Ask, col: Any) -> Head:
    turn = ask.sort == col.key and not ask.desc
    sort = ask.args(sort=col.key, desc=int(turn), page=0) if col.key in ledger.sorted else None
    mark = ("descending" if ask.desc else "ascending") if ask.sort == col.key else ""
    return Head(col.key, gettext(col.label), col.kind, sort, mark)


def chips(ledger: Ledger, ask: Ask, counts: Any) -> list[Chip]:
    if not ledger.chips:
        return []
    every = Chip("", gettext("全部"), brief(counts.all_rows), not ask.chip)
    named = [
        Chip(name, gettext(label), brief(getattr(counts, f"chip_{name}")), ask.chip == name)
        for name, (label, _) in ledger.chips.items()
    ]
    return [every, *named]
