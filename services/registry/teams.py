"""Whether teams are manned as their papers say, and who sits where he may not sit at once (TL-2.1, TL-2.2, SPX-5.1)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models import Cadre, Seat, Team
from rules.roster_rule import RosterRule
from rules.survey import Party
from rules.teams import Seated, in_both, seat_gaps
from rules.text import Note, _, note
from services import plans


@dataclass(frozen=True)
class Finding:
    """`team` and what is wrong with it; `basis` the clause."""

    team: str
    what: str
    why: Note
    clause: str


def findings(session: Session, path: str, day: date) -> list[Finding]:
    """About teams that are registered under the name of their paper; three statements whatever their number."""
    teams = {team.id: team for team in session.scalars(select(Team).where(Team.area_path.startswith(path, autoescape=True), or_(Team.until.is_(None), Team.until >= day)))}
    names = {team.name for team in teams.values()}
    serving = select(Seat).where(Seat.team_id.in_(teams), or_(Seat.until.is_(None), Seat.until >= day)).join(Cadre, Cadre.id == Seat.cadre_id)
    rows = session.scalars(serving.options(joinedload(Seat.cadre)).where(or_(Cadre.until.is_(None), Cadre.until >= day)).order_by(Seat.id))
    seats = [Seated(teams[row.team_id].name, row.role, row.cadre.name) for row in rows]
    found: list[Finding] = []
    for rule in plans.book(session).rules_of(RosterRule, day):
        if rule.params.target is Party.TEAM:
            needs = [need for need in rule.params.teams if need.team in names]
            found += [Finding(need.team, need.role.label, why, rule.clause) for need, why in seat_gaps(needs, seats)]
            found += [
                Finding("、".join(both), person, note(_("同一人不得兼任")), rule.clause) for person, both in in_both(rule.params.apart, seats)
            ]
    return found
