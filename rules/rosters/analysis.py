"""From grids to a report: find the tables, read their rows, look for what needs a decision."""

from collections.abc import Sequence

from rules.errors import RuleBroken
from rules.rosters.columns import Meaning
from rules.rosters.credentials import redact
from rules.rosters.entries import Read, read_entries
from rules.rosters.findings import find
from rules.rosters.grid import Discarded, Grid
from rules.rosters.report import RosterKind, RosterReport, RosterTable, Unread
from rules.rosters.rowkinds import RowKind, kind_of
from rules.rosters.sections import Section, sections
from rules.rosters.several import one_per_person
from rules.rosters.tidy import squeeze
from rules.text import _


def analyse(grids: Sequence[Grid]) -> RosterReport:
    """What the grids hold; raises RuleBroken("no-roster-found") when no table is a roster."""
    clean = redact(grids)
    found = [
        (grid, seen)
        for grid in clean
        for section in sections(grid)
        if _has_data(grid, section)
        for seen in one_per_person(grid, section)
    ]
    reads = [
        (section, read_entries(grid, section, number, kind_of_roster(section)))
        for number, (grid, section) in enumerate(found, start=1)
    ]
    if not reads:
        raise RuleBroken(
            "no-roster-found",
            _(
                "没有找到责任清单。表头里要同时有责任人（如“包抓领导”“责任人”）和企业（如“企业名称”“包保企业”）两栏，"
                "下面至少有一行数据。请检查表头后再导入。"
            ),
        )
    tables = tuple(_table(number, section, read) for number, (section, read) in enumerate(reads, start=1))
    return RosterReport(
        tables=tables,
        findings=find([entry for table in tables for entry in table.entries]),
        problems=tuple(problem for _section, read in reads for problem in read.problems),
        ignored=tuple(ignored for _section, read in reads for ignored in read.ignored),
        unread=tuple(Unread(grid.title, grid.unread) for grid in clean if grid.unread),
        discarded=sum((grid.discarded for grid in clean), Discarded()),
    )


def _has_data(grid: Grid, section: Section) -> bool:
    return any(kind_of(grid.rows[index], section) is RowKind.DATA for index in section.body)


def _table(number: int, section: Section, read: Read) -> RosterTable:
    kind = kind_of_roster(section)
    return RosterTable(number, kind, section.title, tuple(read.entries), tuple(read.source_rows))


def kind_of_roster(section: Section) -> RosterKind:
    """Which annex it is: by the person's heading, then the title, then the columns."""
    heading = section.headings[section.columns(Meaning.PERSON)[0]]
    for text in (heading, squeeze(section.title)):
        if ("领导" in text) != ("干部" in text):
            return RosterKind.LEADER if "领导" in text else RosterKind.CADRE
    has_contact_only = Meaning.CONTACT in section.meanings and Meaning.PERSON_PHONE not in section.meanings
    return RosterKind.LEADER if has_contact_only else RosterKind.CADRE
