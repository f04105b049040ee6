"""Who of a roster is already here: persons by name, enterprises by credit code, else by name and village."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Cadre, Enterprise
from rules.rosters.identity import Place, enterprises_of
from rules.rosters.report import RosterEntry, RosterReport
from rules.rosters.tidy import same_name_key

Key = tuple[str, str]


@dataclass
class Known:
    """What the township has, by the keys that a roster can match."""

    cadres: dict[str, Cadre] = field(default_factory=dict)
    by_code: dict[str, Enterprise] = field(default_factory=dict)
    by_name: dict[str, list[Enterprise]] = field(default_factory=lambda: defaultdict(list))
    villages: dict[str, Area] = field(default_factory=dict)

    def enterprise(self, entry: RosterEntry) -> Enterprise | None:
        """The one enterprise that this entry means, or None for a new one."""
        if entry.credit_code and entry.credit_code in self.by_code:
            return self.by_code[entry.credit_code]
        named = self.by_name[same_name_key(entry.enterprise)]
        if entry.credit_code:
            named = [one for one in named if not one.credit_code]
        if not entry.place:
            return named[0] if len(named) == 1 else None
        there = [one for one in named if one.area.name == entry.place]
        nowhere = [one for one in named if one.area.level.value != "village"]
        return next(iter(there or nowhere), None)

    def add_enterprise(self, row: Enterprise) -> None:
        for name in {row.name, *row.former_names.split("、")} - {""}:
            self.by_name[same_name_key(name)].append(row)
        if row.credit_code:
            self.by_code[row.credit_code] = row


def known_in(session: Session, township: Area) -> Known:
    """Read the township's people, enterprises and villages once."""
    found = Known()
    under = (Cadre.area_path.startswith(township.path, autoescape=True), Cadre.until.is_(None))
    for cadre in session.scalars(select(Cadre).where(*under).order_by(Cadre.id.desc())):
        found.cadres[cadre.name] = cadre
    inside = Enterprise.area_path.startswith(township.path, autoescape=True)
    for row in session.scalars(select(Enterprise).where(inside, Enterprise.merged_into_id.is_(None)).order_by(Enterprise.id)):
        found.add_enterprise(row)
    for area in session.scalars(select(Area).where(Area.parent_id == township.id)):
        found.villages[area.name] = area
    return found


def phones_of(report: RosterReport) -> dict[str, str]:
    """Each responsible person's phone: the first one a table gives for the name."""
    phones: dict[str, str] = {}
    for entry in report.entries:
        if entry.person_phone and entry.names_person:
            phones.setdefault(entry.person, entry.person_phone)
    return phones


def keys_of(report: RosterReport) -> dict[Place, Key]:
    """The enterprise key of each entry."""
    return enterprises_of(report.entries)
