"""The whole application in an invented month: rounds opened, codes looked up, people signed in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import create_app
from models import Area, Client, Invitation, Round, db
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from rules.months import Month
from rules.survey import SurveyRule
from services import plans
from services.rounds.opening import open_round
from services.tokens import issue_plate, token_of
from tests.browse import Browser
from tests.cast import Town, build_town
from tests.conftest import settings_for
from tests.policy import load_plans

LONG = "东岭村富民特色种植养殖农民专业合作社联合社"
PHONE = "Mozilla/5.0 (Linux; Android 9) MicroMessenger/8.0"


@dataclass
class House:
    """Time stands still at `now` until a test moves it."""

    app: Flask
    town: Town
    now: datetime

    def work(self) -> ActorSession:
        return working(db.engine, system("测试"))

    def open(self, month: Month | None = None) -> int:
        with self.work() as session:
            month = month or Month.of(self.now.date())
            survey = plans.book(session).rule("enterprise-survey", month.last, SurveyRule)
            area = session.get(Area, self.town.areas["样例乡"])
            row = open_round(session, area, survey, month, by=self.town.actors["李经办"], now=self.now)
            session.commit()
            return row.id

    def slip(self, shop: str, month: str = "2026-11") -> str:
        """The code on the slip of the shop's first invitation of a month."""
        asked = select(Invitation).join(Round).where(Invitation.client_id == self.town.shops[shop], Round.month == month)
        with self.work() as session:
            return token_of(session.scalars(asked.order_by(Invitation.id)).first())

    def plate(self, shop: str) -> str:
        with self.work() as session:
            client = session.get(Client, self.town.shops[shop])
            row = issue_plate(session, client, by=self.town.actors["李经办"], now=self.now)
            session.commit()
            return token_of(row)

    def all(self, model: Any) -> list[Any]:
        with self.work() as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def as_(self, name: str) -> Browser:
        """The browser of somebody who has signed in."""
        return Browser(self.app).sign_in(self.town.accounts[name], self.now)


def serial_on(page: str) -> str:
    """Whom the form on an owner's page asks about."""
    return re.search(r'name="who" value="([^"]+)"', page)[1]


def hand_in(owner: Any, code: str, level: str, address: str = "198.51.100.7", agent: str = PHONE, **more: Any) -> Any:
    """Scan, choose, press; `again` is the serial of somebody already rated."""
    origin = {"environ_overrides": {"REMOTE_ADDR": address}, "headers": {"User-Agent": agent}}
    serial = serial_on(owner.get(f"/s/{code}?change={more.pop('again', '')}").text)
    return owner.post(f"/s/{code}", data={"who": serial, "level": level, **more}, **origin)


def change(house: House, shop: str, **facts: object) -> None:
    """Amend the shop's own row."""
    with house.work() as session:
        client = session.get(Client, house.town.shops[shop])
        for name, value in facts.items():
            setattr(client, name, value)
        record(session, "test.amended", client, by=system("测试"), now=house.now)
        session.commit()


@contextmanager
def house_in(empty_home: Path, folder: Path, now: datetime, **changes: object) -> Iterator[House]:
    home = _copy(empty_home, folder / "home")
    app = create_app(settings_for(home, **changes))
    app.testing = True
    with app.app_context():
        house = House(app, build_town(now), now)
        load_plans(now)
        app.config["CLOCK"] = lambda: house.now
        yield house
        db.session.remove()
        db.engine.dispose()


def _copy(empty_home: Path, home: Path) -> Path:
    home.mkdir()
    for name in ("keys.json", "lianxin.db"):
        (home / name).write_bytes((empty_home / name).read_bytes())
    (home / "keys.json").chmod(0o600)
    return home
