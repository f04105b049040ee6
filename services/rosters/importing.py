"""Carry out a roster: new people, enterprises and responsibilities; what is there already stays as it is."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from documents.grids import read_grids
from models import Area, Assignment, Cadre, Enterprise, ImportBatch
from models.access.actor import Actor
from models.audit import record
from rules.clients import trade_of
from rules.coverage import CoverKind
from rules.errors import RuleBroken
from rules.importing import BatchState
from rules.localtime import local_day
from rules.places import AreaLevel
from rules.roles import Role
from rules.rosters.analysis import analyse
from rules.rosters.identity import Place
from rules.rosters.report import RosterEntry, RosterKind, RosterReport
from rules.text import _
from services import areas, coverage
from services.rosters import drafts
from services.rosters.matching import Key, Known, keys_of, known_in, phones_of
from services.rosters.reviewing import raise_doubts
from services.verbs import verb

KINDS = {RosterKind.LEADER: CoverKind.LEADER, RosterKind.CADRE: CoverKind.CADRE}


@dataclass
class Outcome:
    """What an import did; `created` and `unchanged` count responsibilities."""

    batch: ImportBatch
    created: int = 0
    unchanged: int = 0
    made: dict[str, list[int]] = field(default_factory=dict)

    def note(self, table: str, row_id: int) -> None:
        self.made.setdefault(table, []).append(row_id)


def read_roster(data: bytes, filename: str) -> RosterReport:
    """The report of a file, without its credentials; raises RuleBroken as documents.grids and analyse do."""
    return analyse(read_grids(data, filename))


@verb("roster.import", _("导入名单"), Role.CLERK)
def import_roster(
    session: Session, township: Area, report: RosterReport, data: bytes, filename: str,
    *, by: Actor, now: datetime, good_rows_only: bool = False,
) -> Outcome:  # fmt: skip
    """Read and write in one go (the command line); see `carry_out`."""
    batch = drafts.draft(session, township, data, filename, by=by, now=now)
    session.flush()
    return carry_out(session, batch, report, by=by, now=now, good_rows_only=good_rows_only)


@verb("roster.carry_out", _("确认导入"), Role.CLERK)
def carry_out(
    session: Session, batch: ImportBatch, report: RosterReport, *, by: Actor, now: datetime, good_rows_only: bool = False
) -> Outcome:
    """Write what is new. Raises RuleBroken("roster-problems") unless bad rows are to be left out, ("draft-gone")."""
    if batch.state is not BatchState.DRAFT:
        raise RuleBroken("draft-gone", _("这份名单已经{state}，不能再导入；如有需要请重新上传。"), state=batch.state.label)
    if report.problems and not good_rows_only:
        raise RuleBroken(
            "roster-problems",
            _("有{n}行不能导入，整个文件没有写入。请改好后重新上传，或者选择“只导入没有问题的行”。"),
            n=len(report.problems),
        )
    township = session.get_one(Area, batch.area_id)
    batch.state, batch.draft = BatchState.DONE, None
    outcome = Outcome(batch)
    writer = _Writer(session, township, known_in(session, township), outcome, by, now)
    placed = writer.write(report)
    raise_doubts(session, batch, report, placed, outcome.note, now)
    batch.made, batch.counts = outcome.made, {**batch.counts, "created": outcome.created, "unchanged": outcome.unchanged}
    record(session, "roster.imported", batch, by=by, now=now, detail=batch.filename)
    return outcome


@dataclass
class _Writer:
    session: Session
    township: Area
    known: Known
    outcome: Outcome
    by: Actor
    now: datetime

    def write(self, report: RosterReport) -> dict[Place, Assignment | None]:
        """Entry → its responsibility; None where another person already answers for the enterprise."""
        phones, keys = phones_of(report), keys_of(report)
        made: dict[Key, Enterprise] = {}
        placed: dict[Place, Assignment | None] = {}
        for entry in report.entries:
            cadre = self._cadre(entry, phones.get(entry.person, ""))
            shop = made.get(keys[entry.at]) or self.known.enterprise(entry) or self._new_enterprise(entry)
            made[keys[entry.at]] = shop
            self._complete(shop, entry)
            placed[entry.at] = self._cover(shop, cadre, entry)
        return placed

    def _cadre(self, entry: RosterEntry, phone: str) -> Cadre:
        row = self.known.cadres.get(entry.person)
        if row is None:
            row = Cadre(name=entry.person, area=self.township, post=entry.post, phone=phone or None)
            self._add(row)
            self.known.cadres[entry.person] = row
        elif phone and not row.phone:
            row.phone = phone
        return row

    def _new_enterprise(self, entry: RosterEntry) -> Enterprise:
        row = Enterprise(
            name=entry.enterprise, area=self._village(entry.place), contact=entry.contact, note=entry.note,
            phone=entry.contact_phone or None, credit_code=entry.credit_code or None, trade=trade_of(entry.enterprise),
        )  # fmt: skip
        self._add(row)
        self.known.add_enterprise(row)
        return row

    def _complete(self, row: Enterprise, entry: RosterEntry) -> None:
        """Fill what was blank; never change what is written."""
        row.contact = row.contact or entry.contact
        row.phone = row.phone or entry.contact_phone or None
        row.credit_code = row.credit_code or entry.credit_code or None
        if entry.place and row.area_id == self.township.id:
            row.area = self._village(entry.place)

    def _village(self, name: str) -> Area:
        if not name or name == self.township.name:
            return self.township
        if name not in self.known.villages:
            area = areas.add_area(self.session, name, AreaLevel.VILLAGE, self.township, by=self.by, now=self.now)
            self.outcome.note("areas", area.id)
            self.known.villages[name] = area
        return self.known.villages[name]

    def _cover(self, shop: Enterprise, cadre: Cadre, entry: RosterEntry) -> Assignment | None:
        current = coverage.holder(self.session, shop, KINDS[entry.kind])
        if current is not None:
            self.outcome.unchanged += current.cadre_id == cadre.id
            return current if current.cadre_id == cadre.id else None
        source = f"{entry.kind.label}（{self.outcome.batch.filename}）"[:160]
        row = coverage.begin(
            self.session, shop, cadre, KINDS[entry.kind], local_day(self.now), source, by=self.by, now=self.now
        )
        self.outcome.note("assignments", row.id)
        self.outcome.created += 1
        return row

    def _add(self, row: Cadre | Enterprise) -> None:
        self.session.add(row)
        self.session.flush()
        self.outcome.note(row.__tablename__, row.id)
