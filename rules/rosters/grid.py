"""A table as a person sees it, whatever file it came from."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Cell:
    """One cell; a cell swallowed by a merge has no text of its own."""

    text: str = ""
    merged_from_above: bool = False
    merged_from_left: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    def with_text(self, text: str) -> "Cell":
        return self if text == self.text else replace(self, text=text)


@dataclass(frozen=True)
class Row:
    """`number` counts from 1 as the source shows it: sheet row, table row or text line."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> list[str]:
        """Texts of the cells that hold any, from left to right."""
        return [cell.text.strip() for cell in self.cells if not cell.is_blank]

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else Cell()


@dataclass(frozen=True)
class Discarded:
    """What is left of credentials: how many, and keyed digests to tell equal from different."""

    cells: int = 0
    digests: frozenset[bytes] = field(default=frozenset(), repr=False)

    def __add__(self, other: "Discarded") -> "Discarded":
        return Discarded(self.cells + other.cells, self.digests | other.digests)


@dataclass(frozen=True)
class Grid:
    """One sheet, one Word table or one text block; `title` is its name or the line above it.

    `unread`: how many lines of a table were dropped because it has no roster header.
    """

    title: str
    rows: tuple[Row, ...]
    discarded: Discarded = Discarded()
    unread: int = 0

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)
