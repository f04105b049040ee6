"""One row of a sheet on its way into a ledger."""

from dataclasses import dataclass, field
from typing import Any

from rules.intake.headings import Line
from rules.intake.states import Verdict

ROW = ""  # the key of what is wrong with a row as a whole


@dataclass
class Entry:
    """One row of the sheet; `values` holds what the sheet says, `old` how the changed columns read now."""

    line: Line
    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    old: dict[str, str] = field(default_factory=dict)
    row: Any = None

    @property
    def verdict(self) -> Verdict:
        if self.wrong:
            return Verdict.WRONG
        if self.row is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.old else Verdict.SAME


@dataclass(frozen=True)
class Stars:
    """What a mask left of a value, as our own exports print it: it says “unchanged”."""

    text: str
