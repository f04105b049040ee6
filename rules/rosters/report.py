"""What a roster file says, as frozen facts: tables, entries, refused rows, review items."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from rules.choices import Choice
from rules.rosters.grid import Discarded
from rules.rosters.identity import Place, cadres_of, enterprises_of
from rules.text import _


class RosterKind(Choice):
    """The two annexes of QY-2.1a."""

    LEADER = "leader-roster", _("领导包抓企业责任清单")
    CADRE = "cadre-roster", _("干部包保责任清单")


@dataclass(frozen=True)
class RosterEntry:
    """One person answers for one enterprise; phones in canonical form, "" when absent.

    `row` counts data rows from 1 below the header of table `table`; `source_row` as the file shows it.
    """

    table: int
    row: int
    source_row: int
    person: str
    enterprise: str
    kind: RosterKind = RosterKind.CADRE
    person_phone: str = ""
    unit: str = ""
    post: str = ""
    place: str = ""
    contact: str = ""
    contact_phone: str = ""
    credit_code: str = ""
    note: str = ""
    names_person: bool = True
    is_code_doubtful: bool = False
    extra_phones: tuple[str, ...] = ()
    extra_contacts: tuple[str, ...] = ()

    @property
    def at(self) -> Place:
        return Place(self.table, self.row)


@dataclass(frozen=True)
class Said:
    """A sentence for people: a marked Chinese template and its values, phones masked."""

    message: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.message.format(**self.values)


@dataclass(frozen=True)
class Finding:
    """A review item that needs a person's decision; nothing is merged silently."""

    kind: str
    rows: tuple[Place, ...]
    subject: str
    said: Said


@dataclass(frozen=True)
class Problem:
    """A row that can't be imported: what is wrong and what would be right."""

    code: str
    table: int
    row: int
    source_row: int
    said: Said


@dataclass(frozen=True)
class Ignored:
    """A row below the header that is no data: repeated header, total, remark."""

    table: int
    source_row: int
    kind: str


@dataclass(frozen=True)
class Unread:
    """A table without a roster header, left out whole: its title and how many lines it has."""

    title: str
    lines: int


@dataclass(frozen=True)
class RosterTable:
    """One recognised table; `number` from 1 in the order of the file."""

    number: int
    kind: RosterKind
    title: str
    entries: tuple[RosterEntry, ...]
    source_rows: tuple[int, ...] = ()

    def source_row(self, row: int) -> int:
        """Row of the source for a data-row number counted from 1."""
        return self.source_rows[row - 1]


@dataclass(frozen=True)
class RosterReport:
    """All that an import needs to show and to carry out; credentials only as counts."""

    tables: tuple[RosterTable, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]
    unread: tuple[Unread, ...]
    discarded: Discarded

    @property
    def entries(self) -> tuple[RosterEntry, ...]:
        return tuple(entry for table in self.tables for entry in table.entries)

    def place_in_file(self, at: Place) -> str:
        """`T2:7`: the row as the file itself numbers it, for whoever looks it up there."""
        sources = {table.number: table for table in self.tables}
        return f"T{at.table}:{sources[at.table].source_row(at.row)}"

    def to_json(self) -> dict[str, Any]:
        """The report of `rosters import --json`, without `created` and `unchanged`."""
        entries = self.entries
        keys = enterprises_of(entries)
        return {
            "tables": [_table(table, keys) for table in self.tables],
            "cadres": len(cadres_of(entries)),
            "enterprises": len(set(keys.values())),
            "assignments": len({(entry.person, keys[entry.at]) for entry in entries}),
            "phones_missing": sum(not entry.contact_phone for entry in entries),
            "credentials_discarded": self.discarded.cells,
            "credential_values": len(self.discarded.digests),
            "findings": [self._finding(finding) for finding in self.findings],
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        sources = {table.number: table for table in self.tables}
        return {
            "kind": finding.kind,
            "rows": [at.row for at in finding.rows],
            "where": [f"T{at.table}:{at.row}" for at in finding.rows],
            "source": [
                {"table": at.table, "row": sources[at.table].source_row(at.row)} for at in finding.rows
            ],
            "subject": finding.subject,
            "message": str(finding.said),
        }

    def refusals(self) -> list[dict[str, Any]]:
        """The rows that can't be imported, for screens and `--json`."""
        return [
            {
                "code": problem.code,
                "where": f"T{problem.table}:{problem.row}",
                "source": {"table": problem.table, "row": problem.source_row},
                "message": str(problem.said),
            }
            for problem in self.problems
        ]


def _table(table: RosterTable, keys: Mapping[Place, tuple[str, str]]) -> dict[str, Any]:
    return {
        "kind": table.kind.value,
        "rows": len(table.source_rows),
        "persons": len(cadres_of(table.entries)),
        "enterprises": len({keys[entry.at] for entry in table.entries}),
    }
