"""The month's figures as people read them: township, cadres, villages; live before the freeze, stored after it.

Under the floor rule for everybody, and without the reader's own mean: total minus the others must not give it away.
Whoever may open the answers about others gets no total of levels either while he is rated himself.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from documents.reports_data import CadreRow, Totals, VillageRow
from models import Area, Cadre, Invitation, Result, Round, Snapshot
from models.access.actor import Actor
from rules.invitations import OPEN, InvitationState
from rules.results import Share
from rules.text import _
from rules.withholding import withheld
from services.rounds.reading import READERS
from services.rounds.survey import survey_of
from services.rounds.tally import tally

S = InvitationState
OWN = _("涉及本人，不显示平均分")
KNOWS_THE_REST = _("本轮有对您本人的测评，而您可以查看其他答卷，合计的等次不显示，以免倒推；正式报表请由办公室出具")
TOGETHER = _("为防止从合计倒推，与份数不足的一并不公布")


@dataclass(frozen=True)
class Figures:
    """What the statistics step shows and every sheet prints; `floor`: fewest ballots for a mean."""

    totals: Totals
    cadres: tuple[CadreRow, ...]
    villages: tuple[VillageRow, ...]
    floor: int


@dataclass(frozen=True)
class Cell:
    """One cadre's counts and mean as computed, before the reader is considered."""

    invited: int
    n: int
    refused: int
    closed: int
    mean: Decimal | None
    withheld: str


def live(session: Session, round_: Round, reader: Actor) -> Figures:
    """Counted now; `session` is a working session, `reader` who looks."""
    counted = tally(session, round_)
    total, states = counted.total, counted.states
    few = total.withheld is not None
    totals = Totals(
        invited=total.invited, n=total.n, refused=total.refused, closed=total.closed_shops,
        unreachable=states[S.UNREACHABLE], silent=sum(states[one] for one in OPEN), excluded=states[S.EXCLUDED],
        response=total.response.percent, satisfied=None if few else total.satisfied.numerator, mean=total.mean,
        withheld=str(total.withheld or ""),
        distribution=() if few else _downwards({level.label: (level.position, n) for level, n in total.distribution}),
    )  # fmt: skip
    cells = {
        cadre: Cell(one.invited, one.n, one.refused, one.closed_shops, one.mean, str(one.withheld or ""))
        for cadre, one in counted.cadres.items()
    }
    return _figures(session, round_, totals, cells, counted.areas, counted.floor, reader)


def frozen(session: Session, snapshot: Snapshot, reader: Actor) -> Figures:
    """As stored in one edition."""
    round_, kept = snapshot.round, snapshot.totals
    _survey, scale = survey_of(session, round_)
    states = Counter({S(code): n for code, n in kept["states"].items()})  # type: ignore[call-arg]
    labels = {level.code: level for level in scale.levels}
    totals = Totals(
        invited=kept["invited"], n=kept["n"], refused=kept["refused"], closed=kept["closed_shops"],
        unreachable=states[S.UNREACHABLE], silent=sum(states[one] for one in OPEN), excluded=states[S.EXCLUDED],
        response=Share(*kept["response"]).percent, satisfied=kept["satisfied"],
        mean=Decimal(kept["mean"]) if kept["mean"] is not None else None,
        withheld="" if kept["mean"] is not None else _("份数不足，不计算平均分"),
        distribution=_downwards({labels[c].label: (labels[c].position, n) for c, n in kept["distribution"].items()}),
    )  # fmt: skip
    results = session.scalars(select(Result).where(Result.snapshot_id == snapshot.id).order_by(Result.cadre_id))
    cells = {
        one.cadre_id: Cell(one.invited, one.n, one.refused, one.closed_shops, one.mean, one.withheld) for one in results
    }
    areas = {
        int(area): Counter({S(code): n for code, n in counted.items()})  # type: ignore[call-arg]
        for area, counted in kept["villages"].items()
    }
    return _figures(session, round_, totals, cells, areas, kept["floor"], reader)


def _downwards(distribution: Mapping[str, tuple[int, int]]) -> tuple[tuple[str, int], ...]:
    best_first = sorted(distribution.items(), key=lambda one: -one[1][0])
    return tuple((label, n) for label, (_position, n) in best_first)


def _figures(
    session: Session, round_: Round, totals: Totals, cells: Mapping[int, Cell],
    areas: Mapping[int, Counter[InvitationState]], floor: int, reader: Actor,
) -> Figures:  # fmt: skip
    own = reader.cadre_id
    if own is not None and own in cells and cells[own].n and reader.role in READERS:
        totals = replace(totals, satisfied=None, mean=None, distribution=(), withheld=KNOWS_THE_REST)
    hidden = withheld({cadre: one.n for cadre, one in cells.items()}, floor, {own} if own else ())
    people = session.scalars(select(Cadre).where(Cadre.id.in_(cells)).options(joinedload(Cadre.unit)))
    villages = _villages(session, round_)
    rows = [_cadre(person, cells[person.id], villages[person.id], hidden, own) for person in people]
    names = dict(session.execute(select(Area.id, Area.name).where(Area.id.in_(areas))).all())
    return Figures(
        totals, tuple(sorted(rows, key=lambda row: (row.unit, row.name))),
        tuple(_village(names[area], areas[area]) for area in sorted(areas)), floor,
    )  # fmt: skip


def _cadre(person: Cadre, cell: Cell, villages: list[str], hidden: frozenset[int], reader: int | None) -> CadreRow:
    why = OWN if person.id == reader else cell.withheld or (TOGETHER if person.id in hidden else "")
    return CadreRow(
        person.name, person.unit.name if person.unit else "", tuple(villages), cell.invited, cell.n, cell.refused,
        cell.closed, None if why else cell.mean, why,
    )  # fmt: skip


def _villages(session: Session, round_: Round) -> defaultdict[int, list[str]]:
    """Where each cadre's enterprises of this round lie."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    where = (
        select(Invitation.cadre_id, Area.id, Area.name)
        .join(Area, Area.id == Invitation.area_id)
        .where(Invitation.round_id == round_.id)
        .distinct()
        .order_by(Area.id)
    )
    for cadre_id, _area_id, name in session.execute(where):
        found[cadre_id].append(name)
    return found


def _village(name: str, states: Counter[InvitationState]) -> VillageRow:
    invited = states.total() - states[S.EXCLUDED]
    share = Share(states[S.ANSWERED], invited - states[S.CLOSED_SHOP])
    return VillageRow(name, invited, states[S.ANSWERED], states[S.REFUSED], states[S.CLOSED_SHOP], share.percent)
