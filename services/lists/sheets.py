"""A list as it is filtered, ready for a file: typed values masked as on the screen, and words that say whose it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from documents.sheets import Sheet
from models.columns import Col, columns_of
from rules.exporting import PERSONAL
from rules.localtime import local as on_the_wall
from rules.text import _
from services.lists.query import Ask, Ledger, loads
from services.lists.reader import Reader, local

PLAIN = frozenset({"int", "decimal", "date", "datetime"})
AT_A_TIME = 500


class Listing:
    """One question about one ledger. What is asked is read with the person's plain eyes, never with the full ones."""

    def __init__(self, model: type, args: Mapping[str, str], eyes: Any, full: Any = None) -> None:
        self.model, self.reader = model, Reader(full or eyes)
        self.ledger = Ledger(model, columns_of(model), Reader(eyes))
        self.ask: Ask = self.ledger.ask(args)
        self.cols: Sequence[Col] = [col for col in self.ledger.cols if col.kind != "links"]  # a cell of a file holds one

    def as_shown(self, left_out: Collection[str]) -> None:
        """The columns of the screen, without those that the reader put away; the first always stays."""
        listed = [col for col in self.ledger.cols if col.has("listed")]
        self.cols = [*listed[:1], *(col for col in listed[1:] if col.key not in left_out)]

    @property
    def title(self) -> str:
        return str(getattr(self.model, "__title__", "") or self.model.__name__)

    @property
    def heads(self) -> list[str]:
        return [_(col.label) for col in self.cols]

    @property
    def is_personal(self) -> bool:
        return any(col.info.get("mask") in PERSONAL for col in self.cols)

    def hunt(self, session: Any) -> None:
        """Have a search go by the index of words."""
        self.ask = self.ledger.hunt(session, self.ask)

    def statement(self) -> Select[Any]:
        """The rows in the order of the screen."""
        found = self.ledger.narrow(select(self.model), self.ask).order_by(*self.ledger.order(self.ask, None).whole())
        return found.options(*(loads(col) for col in self.cols if col.kind in {"link", "links"}))

    def rows(self, session: Any) -> Iterator[list[Any]]:
        """Typed values, a few rows in memory at a time."""
        for row in session.scalars(self.statement().execution_options(yield_per=AT_A_TIME)):
            yield [self.value(row, col) for col in self.cols]

    def value(self, row: Any, col: Col) -> Any:
        value = self.reader.value(row, col)
        if isinstance(value, str) or value is None or col.kind not in PLAIN:
            return self.reader.text(row, col) if value not in (None, "") else None
        return local(value) if col.kind == "datetime" else value

    def said(self) -> str:
        """The filters in words."""
        parts = [_("关键字“{word}”").format(word=self.ask.search)] if self.ask.search else []
        if self.ask.chip:
            parts.append(_(self.ledger.chips[self.ask.chip][0]))
        for one in self.ask.filters:
            if one.value is not None:
                parts.append(f"{_(one.col.label)}：{getattr(one.value, 'label', one.text)}")
        if self.ask.sort:
            parts.append(_("按{column}排序").format(column=_(self.ledger.sorted[self.ask.sort].label)))
        return "；".join(parts) or _("全部")


def footer(by: str, unit: str, number: str, said: str, reason: str, now: datetime) -> list[str]:
    """Who, when, which rows, why: at the end of every sheet and on every printed page."""
    lines = [
        _("导出人：{who}").format(who=f"{unit} {by}".strip()),
        _("导出时间：{when}").format(when=f"{on_the_wall(now):%Y-%m-%d %H:%M}"),
        _("筛选条件：{said}").format(said=said),
    ]
    lines += [_("用途：{reason}").format(reason=reason)] if reason else []
    return lines + ([_("导出编号：{number}").format(number=number)] if number else [])


def sheet_of(listing: Listing, rows: Iterator[list[Any]], lines: Sequence[str]) -> Sheet:
    return Sheet(listing.title, listing.heads, rows, lines)
