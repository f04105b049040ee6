"""Propose doubles: read the registers, compare, keep the pairs nobody has decided about; every night and on demand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from models import Area, Client, Contact, Double, Unit
from models.access.actor import system
from models.access.session import working
from models.engine import reading
from rules.clients import ClientKind
from rules.doubles import DoubleKind, DoubleState, Facts, core_of, plain_name
from rules.places import AreaLevel
from rules.rosters.tidy import squeeze
from services.registry.likeness import pairs
from services.work import Work

BY = system("查找重复")
MOST_PROPOSED = 5000
BATCH = 500
HIGH = (AreaLevel.CITY, AreaLevel.COUNTY, AreaLevel.TOWNSHIP)
Found = dict[tuple[DoubleKind, int, int], dict[str, Any]]


def propose(engine: Engine, now: datetime, public_url: str = "") -> dict[str, int]:
    """New pairs in, pairs that no longer look alike out; what a person decided stays. Counts of both."""
    mark = reading.set(True)
    try:
        with working(engine, BY) as session:
            found = dict(sorted(look_through(session).items(), key=lambda one: -one[1]["score"])[:MOST_PROPOSED])
    finally:
        reading.reset(mark)
    with working(engine, BY) as session:
        counts = _keep(session, found)
        session.commit()
    return counts


def run(work: Work) -> str:
    """The same as a job that the clerk asked for."""
    counts = propose(work.desk.engine, work.desk.clock())
    return f"新找到{counts['new']}对，不再相似的{counts['gone']}对"


def look_through(session: Session) -> Found:
    """Every pair that looks alike, with what its row says."""
    places = Places(session)
    found: Found = {}
    for kind, read in ((DoubleKind.CLIENT, _clients), (DoubleKind.UNIT, _units), (DoubleKind.CONTACT, _contacts)):
        rows = list(read(session, places))
        paths = {one.id: one.path for one in rows}
        for (first, second), (score, why) in pairs(rows).items():
            path = common(paths[first], paths[second])
            if path:
                found[kind, first, second] = {"score": score, "why": why, "area_path": path, "area_id": int(path.rstrip("/").rpartition("/")[2])}
    return found


def common(one: str, two: str) -> str:
    """The path of the lowest place above both: "1/5/9/", "1/5/7/" → "1/5/"."""
    both = []
    for a, b in zip(one.split("/"), two.split("/"), strict=False):
        if a != b or not a:
            break
        both.append(a)
    return "".join(f"{step}/" for step in both)


class Places:
    """For each path: the township it lies in, the names of the places above a village, and of all places on the way."""

    def __init__(self, session: Session) -> None:
        self.known = {row.id: (row.name, row.level) for row in session.execute(select(Area.id, Area.name, Area.level))}
        self._of: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {}

    def of(self, path: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        if path not in self._of:
            steps = [int(step) for step in path.split("/") if step]
            high = [step for step in steps if self.known[step][1] in HIGH]
            self._of[path] = str(high[-1] if high else steps[0]), self._names(high), self._names(steps)
        return self._of[path]

    def _names(self, steps: list[int]) -> tuple[str, ...]:
        return tuple(self.known[step][0] for step in steps)


def _clients(session: Session, places: Places) -> Iterator[Facts]:
    columns = Client.__table__.c
    asked = select(Client.id, Client.kind, Client.name, Client.area_path, Client.phone_index, Client.address, columns.head, Client.contact, Client.pinyin)
    for row in session.execute(asked.where(Client.merged_into_id.is_(None)).order_by(Client.id)):
        township, above, way = places.of(row.area_path)
        name, core = plain_name(row.name, above), core_of(plain_name(row.name, way))
        person = row.head or "" if row.kind is ClientKind.HOUSEHOLD else ""
        yield Facts(
            row.id, f"{row.kind.value}:{township}", row.area_path, name, core, row.pinyin.partition(" ")[0],
            row.phone_index or "", squeeze(row.address or ""), squeeze(person),
        )  # fmt: skip


def _units(session: Session, places: Places) -> Iterator[Facts]:
    asked = select(Unit.id, Unit.name, Unit.area_path, Unit.pinyin).where(Unit.merged_into_id.is_(None)).order_by(Unit.id)
    for row in session.execute(asked):
        township, above, way = places.of(row.area_path)
        name = plain_name(row.name, above)
        yield Facts(row.id, township, row.area_path, name, core_of(plain_name(row.name, way)), row.pinyin.partition(" ")[0])


def _contacts(session: Session, places: Places) -> Iterator[Facts]:
    """Two lines for one person at the same client."""
    asked = select(Contact.id, Contact.client_id, Contact.name, Contact.area_path, Contact.phone_index)
    for row in session.execute(asked.where(Contact.merged_into_id.is_(None), Contact.until.is_(None)).order_by(Contact.id)):
        yield Facts(row.id, str(row.client_id), row.area_path, squeeze(row.name), squeeze(row.name), "", row.phone_index or "")


def _keep(session: Session, found: Found) -> dict[str, int]:
    known = {(row.kind, row.first_id, row.second_id): row for row in session.execute(select(Double.id, Double.kind, Double.first_id, Double.second_id, Double.state))}
    gone = [row.id for key, row in known.items() if row.state is DoubleState.OPEN and key not in found]
    for start in range(0, len(gone), BATCH):
        session.execute(delete(Double).where(Double.id.in_(gone[start : start + BATCH])))
    values = [
        {"kind": kind, "first_id": first, "second_id": second, "state": DoubleState.OPEN, "version": 1,
         "trace": {}, "remark": "", "decided_by": "", **facts}
        for (kind, first, second), facts in found.items() if (kind, first, second) not in known
    ]  # fmt: skip
    for start in range(0, len(values), BATCH):
        session.execute(insert(Double), values[start : start + BATCH])
    return {"new": len(values), "gone": len(gone)}
