"""Lay out the township: villages, units, people, enterprises and who covers them."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Area, Cadre, Enterprise, Unit
from models.access.actor import Actor
from models.audit import record
from rules.clients import trade_of
from rules.coverage import CoverKind
from rules.places import AreaLevel, UnitKind
from services import areas, coverage
from services.demo import cast


@dataclass
class Town:
    """Rows by name."""

    township: Area
    villages: list[Area]
    people: dict[str, Cadre] = field(default_factory=dict)
    shops: list[Enterprise] = field(default_factory=list)


def lay_out(session: Session, since: date, dice: random.Random, *, by: Actor, now: datetime) -> Town:
    """The whole township as it was on `since`."""
    township = areas.add_area(session, cast.TOWNSHIP, AreaLevel.TOWNSHIP, None, by=by, now=now)
    villages = [areas.add_area(session, name, AreaLevel.VILLAGE, township, by=by, now=now) for name in cast.VILLAGES]
    town = Town(township, villages)
    _people(session, town)
    _shops(session, town, dice)
    record(session, "demo.built", "demo", by=by, now=now)
    for n, shop in enumerate(town.shops):
        name = cast.LEADER if n % 9 == 0 else cast.HOLDERS[n % len(cast.HOLDERS)]
        kind = CoverKind.LEADER if name == cast.LEADER else CoverKind.CADRE
        coverage.begin(session, shop, town.people[name], kind, since, "包保责任清单（演示）", by=by, now=now)
    return town


def _people(session: Session, town: Town) -> None:
    units: dict[str, Unit] = {}
    for n, (_login, _role, name, unit, post) in enumerate(cast.PEOPLE):
        if unit not in units:
            kind: Any = UnitKind.VILLAGE if "村" in unit else UnitKind.OFFICE
            units[unit] = Unit(name=unit, kind=kind, area=town.township)
        home = town.villages[0] if "村" in unit else town.township
        town.people[name] = Cadre(name=name, unit=units[unit], post=post, phone=f"199000000{n + 60:02d}", area=home)
    session.add_all(town.people.values())
    session.flush()


def _shops(session: Session, town: Town, dice: random.Random) -> None:
    for n, stem in enumerate(cast.STEMS):
        name = f"样例县{stem}{cast.ENDINGS[n % len(cast.ENDINGS)]}"
        town.shops.append(
            Enterprise(
                name=name, area=dice.choice(town.villages), trade=trade_of(name), phone=f"199000000{n:02d}",
                contact=f"{dice.choice('马豆童郭袁曹')}{cast.CONTACTS[n % 12]}",
            )
        )
    town.shops[-1].phone = None
    session.add_all(town.shops)
    session.flush()
