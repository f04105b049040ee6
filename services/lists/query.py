"""What a list page asks of the database: few statements, always the same number, never an unbounded one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.columns import Col, label_key, pk_of
from models.vault import vault
from rules import typed
from services.lists import keyset
from services.lists.filters import Filter, like, read
from services.lists.hunting import near
from services.lists.reader import Reader

MOST_COUNTED = 10_000
MOST_FOUND = 2_000
MOST_CHIP = 1_000
PHONE = re.compile(r"[\s-]")
SIZES = (20, 50, 100)
Chips = dict[str, tuple[str, Callable[[Select[Any]], Select[Any]]]]


@dataclass(frozen=True)
class Ask:
    """One reading of a list's address, already clamped; pages count from 0."""

    search: str = ""
    chip: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    desc: bool = False
    page: int = 0
    size: int = SIZES[0]
    after: str = ""
    before: str = ""
    jump: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)
    near: tuple[Any, ...] = field(default=(), compare=False)
    along: bool = field(default=False, compare=False)

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.chip or any(f.value is not None for f in self.filters))

    @property
    def most(self) -> int:
        """So many rows are counted, a search to fewer since it compares each."""
        return MOST_FOUND if self.search else MOST_COUNTED

    def args(self, **changes: Any) -> dict[str, Any]:
        """The parameters of this page with some changed, its place in the list only if given; empty ones are left out."""
        now = {"search": self.search, "chip": self.chip, "sort": self.sort, "desc": int(self.desc)}
        now |= {"page": self.page, "page_size": self.size if self.size != SIZES[0] else ""}
        now |= {f.name: f.text for f in self.filters}
        return {name: value for name, value in (now | changes).items() if value}


class Ledger:
    """The questions one person may ask of one model."""

    def __init__(self, model: type, cols: tuple[Col, ...], reader: Reader) -> None:
        self.model, self.reader = model, reader
        self.cols = reader.visible(model, cols)
        self.pk = pk_of(model)
        self.chips: Chips = getattr(model, "chips", {})
        open_cols = reader.plain(model, self.cols)
        keys = tuple(col for col in cols if col.info.get("mask") == "key")
        self.searched = tuple(c for c in (*open_cols, *keys) if c.has("search") and c.kind in {"text", "longtext", "link"})
        self.filtered = tuple(c for c in open_cols if c.has("filter") and c.kind != "links")
        self.sorted = {c.key: c for c in open_cols if c.indexed}

    def ask(self, args: Mapping[str, str]) -> Ask:
        filters, notes = [], []
        for col in self.filtered:
            found, note = read(col, args)
            filters.append(found)
            notes += [note] if note else []
        sort, chip = typed.short(args.get("sort")), typed.short(args.get("chip"))
        size = typed.whole(args.get("page_size"), 0, max(SIZES), SIZES[0])
        return Ask(
            search=typed.short(args.get("search")) if self.searched else "", chip=chip if chip in self.chips else "",
            filters=tuple(filters), sort=sort if sort in self.sorted else "", desc=args.get("desc") == "1",
            page=typed.whole(args.get("page"), 0, typed.BIGGEST, 0), size=size if size in SIZES else SIZES[0],
            after=typed.short(args.get("after")), before=typed.short(args.get("before")), jump=typed.short(args.get("jump")),
            notes=tuple(notes),
        )  # fmt: skip

    def hunt(self, session: Any, ask: Ask) -> Ask:
        """The same question with the rows named that its words can mean, where these are few."""
        return replace(ask, near=tuple(near(session, self.model, [col.attr for col in self.searched], ask.search.split(), self.same_phone)))

    def narrow(self, stmt: Select[Any], ask: Ask) -> Select[Any]:
        stmt = standing(self.model, stmt).where(*ask.near)
        for word in ask.search.split():
            stmt = stmt.where(or_(*(self.matches(col, word) for col in self.searched), *self.same_phone(word)))
        within = self._within(select(self.model), ask).whereclause
        if within is None:
            return stmt
        return stmt.where(keyset.unserved(within) if ask.along else within)

    def _within(self, stmt: Select[Any], ask: Ask) -> Select[Any]:
        for one in ask.filters:
            stmt = one.narrow(stmt)
        return self.chips[ask.chip][1](stmt) if ask.chip else stmt

    def same_phone(self, word: str) -> list[Any]:
        """A whole phone number finds its row through the keyed index, though nobody can read the column."""
        index = getattr(self.model, "phone_index", None)
        digits = PHONE.sub("", word)
        return [index == vault().index(digits, "phone")] if index is not None and len(digits) >= 7 else []

    def matches(self, col: Col, word: str) -> Any:
        if col.kind != "link":
            return like(col.attr, word)
        far: Any = col.target
        return col.attr.has(like(getattr(far, label_key(far)), word))

    def rows(self, ask: Ask, default: tuple[str, bool] | None = None) -> Select[Any]:
        """The rows asked for, far ends of listed links joined, in an order that never wavers."""
        return self.found(ask).order_by(*self.order(ask, default).whole())

    def found(self, ask: Ask) -> Select[Any]:
        """The rows asked for in no order yet, far ends of listed links joined."""
        far = [loads(col) for col in self.cols if col.kind == "link" or (col.kind == "links" and col.has("listed"))]
        return self.narrow(select(self.model), ask).options(*far)

    def order(self, ask: Ask, default: tuple[str, bool] | None) -> keyset.Order:
        key, desc = (ask.sort, ask.desc) if ask.sort else default or ("", True)
        return keyset.Order(self.pk, getattr(self.model, key) if key else None, desc)

    def count(self, ask: Ask, most: int) -> Any:
        """Counts at most `most` + 1 rows: beyond that nobody needs the exact number."""
        few = self.narrow(select(self.pk).select_from(self.model), ask).limit(most + 1).subquery()
        return select(func.count()).select_from(few).scalar_subquery()

    def counts(self, session: Any, ask: Ask) -> Any:
        """One statement: the rows of this page's question, of all, and of each chip."""
        chips = [self.count(Ask(chip=name), MOST_CHIP).label(f"chip_{name}") for name in self.chips]
        asked, all_rows = self.count(ask, ask.most), self.count(Ask(), MOST_CHIP)
        numbers = select(asked.label("asked"), all_rows.label("all_rows"), *chips)
        one_visible = numbers.select_from(self.model).limit(1)  # names the model, so that the scope reaches every part
        walk = bool(ask.search and not ask.near)
        found = session.execute(one_visible, execution_options={"walk": walk}).one_or_none()
        return found or SimpleNamespace(**dict.fromkeys(numbers.selected_columns.keys(), 0))


def standing(model: Any, stmt: Select[Any]) -> Select[Any]:
    """Without rows that were merged into another; their names lead there."""
    gone = getattr(model, "merged_into_id", None)
    return stmt if gone is None else stmt.where(gone.is_(None))


def loads(col: Col) -> Any:
    return joinedload(col.attr) if col.kind == "link" else selectinload(col.attr)
