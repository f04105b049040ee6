"""What the month's sheet, the notice and an order letter print: gathered by services, laid out by documents.

Texts are ready for print (Chinese); counts are whole numbers; means are scores with two decimals; instants are
aware, days are local. Nothing here tells which enterprise gave which answer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Totals:
    """The whole round; `mean` and `satisfied` (ballots from “满意” up) are None below the floor.

    `distribution`: (level, ballots) from best to worst, empty below the floor. `response` in percent.
    """

    invited: int
    n: int
    refused: int
    closed: int
    unreachable: int
    silent: int
    excluded: int
    response: Decimal | None
    satisfied: int | None
    mean: Decimal | None
    withheld: str = ""
    distribution: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class CadreRow:
    """One rated person; `withheld` says why there is no mean, empty where there is one."""

    name: str
    unit: str
    villages: tuple[str, ...]
    invited: int
    n: int
    refused: int
    closed: int
    mean: Decimal | None
    withheld: str = ""


@dataclass(frozen=True)
class VillageRow:
    """One village or community: how many were asked and how many answered, never what."""

    name: str
    invited: int
    n: int
    refused: int
    closed: int
    response: Decimal | None


@dataclass(frozen=True)
class MonthlyReport:
    """One edition of one round; `number` and `digest` go on every sheet. `reason` is set on a correction.

    `orders` and `sanctions` are how many papers followed from the round; `basis` lists “文号 条款：“原文””.
    """

    township: str
    month: str
    title: str
    number: str
    edition: int
    digest: str
    frozen_at: datetime
    frozen_by: str
    reason: str
    opened_at: datetime
    closed_at: datetime
    totals: Totals
    cadres: tuple[CadreRow, ...]
    villages: tuple[VillageRow, ...]
    orders: int
    sanctions: int
    floor: int
    basis: tuple[str, ...]


@dataclass(frozen=True)
class OrderLetter:
    """One 督办单; a draft has no `due_on`, `issued_by` and `issued_on`. Never names an enterprise."""

    township: str
    number: str
    source: str
    matter: str
    cadre: str
    unit: str
    basis: str
    feedback: str
    request: str
    due_on: date | None
    due_steps: tuple[str, ...]
    issued_by: str
    issued_on: date | None
    received_on: date | None = None
    reply: str = ""
    replied_on: date | None = None
    remark: str = ""
    ended_on: date | None = None
    state: str = ""
