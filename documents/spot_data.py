"""What a spot-check report prints: gathered by services, laid out by documents.

Texts are ready for print (Chinese), instants are aware. The Word report names no shop and no single answer; the workbook
does and says so, for the discipline office's own file.
"""

from dataclasses import dataclass
from datetime import date, datetime

from rules.spot_results import Results
from rules.text import _


@dataclass(frozen=True)
class StratumRow:
    """One stratum: how many could be drawn, how many were."""

    name: str
    frame: int
    drawn: int


@dataclass(frozen=True)
class PickRow:
    """One pick in the order of the draw; `answers` are pairs of question and answer."""

    at: int
    stratum: str
    subject: str
    cadre: str
    inspector: str
    state: str
    tries: int
    outcome: str
    differing: int
    found: int
    reason: str
    replaced: str
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OrderRow:
    number: str
    matter: str
    cadre: str
    state: str
    due_on: date | None


@dataclass(frozen=True)
class SpotReport:
    """One draw, drawn and checked: method, proof, results, what followed."""

    township: str
    number: str
    purpose: str
    method: str
    frame: str
    frame_size: int
    frame_hash: str
    commitment: str
    dice: str
    seed: str
    drawn_at: datetime | None
    drawn_by: str
    size_how: str
    redraw: str
    strata: tuple[StratumRow, ...]
    picks: tuple[PickRow, ...]
    orders: tuple[OrderRow, ...]
    results: Results
    basis: tuple[str, ...]
    made_on: date
    made_by: str

    def title(self, kind: str) -> str:
        """`十一月测评` or `十一月测评抽查` + `情况报告` → `十一月测评抽查情况报告`."""
        return _("{purpose}抽查{kind}").format(purpose=self.purpose.removesuffix("抽查"), kind=kind)
