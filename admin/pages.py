"""A list page ready to print: prepared values, so that the template only prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext

from services.lists import keyset
from services.lists.query import MOST_CHIP, SIZES, Ask, Ledger
from services.lists.reader import Cell

GATHERED = 2_000  # so many rows are sorted in no time; more are walked along an index, from a key on
NEAR_PAGES = 10  # of a long list: what lies beyond is reached from page to page, or by a jump

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


def brief(count: int, most: int) -> str:
    return f"{most:,}+" if count > most else f"{count:,}"


@dataclass(frozen=True)
class Page:
    ask: Ask
    heads: Sequence[Head]
    lines: Sequence[Line]
    chips: Sequence[Chip]
    total: int
    earlier: dict[str, Any] | None = None
    later: dict[str, Any] | None = None
    can_skip: bool = True
    sizes: Sequence[int] = SIZES

    @property
    def total_said(self) -> str:
        if self.total > self.ask.most:
            return gettext("超过 %(most)s 条", most=f"{self.ask.most:,}")
        return gettext("共 %(n)s 条", n=brief(self.total, self.ask.most))

    @property
    def is_long(self) -> bool:
        return self.total > GATHERED

    @property
    def sorted_by(self) -> str:
        """What a jump is typed in: the column that the list is sorted by."""
        return next((one.label for one in self.heads if one.mark), gettext("编号"))

    @property
    def last(self) -> int:
        """The last page that has a number to click on."""
        last = max(-(-self.total // self.ask.size) - 1, 0)
        return min(last, NEAR_PAGES - 1) if self.is_long else last

    @property
    def numbered(self) -> bool:
        """A long list sorted by what may be missing has only a first page and the next one."""
        return not self.is_long or self.can_skip

    @property
    def numbers(self) -> Iterator[int | None]:
        """Page numbers to offer; None is a gap."""
        near = {0, self.last, *range(self.ask.page - 2, self.ask.page + 3)} if self.numbered else {0}
        shown = sorted(n for n in near if 0 <= n <= self.last)
        for before, n in zip([-1, *shown], shown, strict=False):
            yield from [None, n] if n - before > 1 else [n]


def page_of(ledger: Ledger, args: Any, session: Any, default: tuple[str, bool] | None) -> Page:
    """Two statements, whatever the page: one for all numbers, one for the rows; one more for a search, and where values end."""
    ask = ledger.hunt(session, ledger.ask(args))
    counts = ledger.counts(session, ask)
    order = ledger.order(ask, default)
    ask, rows, more = (walked if counts.asked > GATHERED else gathered)(session, ledger, ask, order, counts.asked)
    listed = tuple(col for col in ledger.cols if col.has("listed"))
    heads = [head(ledger, ask, col) for col in listed]
    lines = [line(ledger, listed, row) for row in rows]
    return Page(ask, heads, lines, chips(ledger, ask, counts), counts.asked, *more, not order.nullable)


More = tuple[dict[str, Any] | None, dict[str, Any] | None]


def gathered(session: Any, ledger: Ledger, ask: Ask, order: keyset.Order, total: int) -> tuple[Ask, Sequence[Any], More]:
    """A short list: sorted as a whole; a page behind the last one shows the last one."""
    ask = replace(ask, page=min(ask.page, max(-(-total // ask.size) - 1, 0)))
    found = ledger.found(ask).order_by(*order.whole()).limit(ask.size).offset(ask.page * ask.size)
    last = (ask.page + 1) * ask.size >= total
    more = ask.args(page=ask.page - 1) if ask.page else None, None if last else ask.args(page=ask.page + 1)
    return ask, session.scalars(found).all(), more


def walked(session: Any, ledger: Ledger, ask: Ask, order: keyset.Order, total: int) -> tuple[Ask, Sequence[Any], More]:
    """A long list: along the index, from a row's place on, so that the farthest page costs what the first does."""
    along = total > ask.most and (order.attr is not None or bool(ask.chip)) and session.get_bind().dialect.name == "sqlite"
    found = ledger.found(replace(ask, along=along)).execution_options(walk=True)
    before, after = keyset.read(order, ask.before), keyset.read(order, ask.after) or keyset.jump(order, ask.jump)
    if before is not None:
        rows = keyset.fetch(session, found, order, before, ask.size + 1, back=True)
        if len(rows) > ask.size:
            return ask, rows[1:], _around(ask, order, rows[1:], True, True)
        after, ask = None, replace(ask, page=0)  # that was the beginning: show it whole
    skipped = 0
    if after is None:
        ask = replace(ask, page=0 if order.nullable else min(ask.page, NEAR_PAGES - 1))
        skipped = ask.page * ask.size
    rows = keyset.fetch(session, found.offset(skipped), order, after, ask.size + 1)
    return ask, rows[: ask.size], _around(ask, order, rows[: ask.size], bool(skipped or after), len(rows) > ask.size)


def _around(ask: Ask, order: keyset.Order, rows: Sequence[Any], earlier: bool, later: bool) -> More:
    """The addresses of the page before and the page after."""
    if not rows:
        return (ask.args(page=0) if earlier else None), None
    before = ask.args(page=max(ask.page - 1, 0), before=keyset.write(order, rows[0])) if earlier else None
    return before, ask.args(page=ask.page + 1, after=keyset.write(order, rows[-1])) if later else None


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
    every = Chip("", gettext("全部"), brief(counts.all_rows, MOST_CHIP), not ask.chip)
    named = [
        Chip(name, gettext(label), brief(getattr(counts, f"chip_{name}"), MOST_CHIP), ask.chip == name)
        for name, (label, _) in ledger.chips.items()
    ]
    return [every, *named]
