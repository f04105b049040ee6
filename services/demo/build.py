"""Build the invented township once; give each role a login whose password is made here and printed, never fixed."""

import random
import secrets
from collections.abc import Callable
from datetime import datetime, time

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Account, Event
from models.access.actor import Actor, system
from models.access.session import working
from models.audit import record
from rules.localtime import instant_at, local_day
from rules.months import Month
from services.demo import cast
from services.demo.boards import praise
from services.demo.history import play
from services.demo.register import fill
from services.demo.town import Town, lay_out
from services.registry.doubles import propose

MONTHS = 6
SEED = 20260728


def is_built(session: Session) -> bool:
    """Whether this database already has its township."""
    return session.scalar(select(Event.id).where(Event.verb == "demo.built").limit(1)) is not None


def build(engine: Engine, hash_password: Callable[[str], str], now: datetime) -> dict[str, str]:
    """Make everything on a database with its plans loaded; returns {login: password}."""
    by, dice = system("搭建演示乡镇"), random.Random(SEED)  # noqa: S311 - invented data, not secrets
    first = Month.of(local_day(now)).plus(-MONTHS)
    begin = instant_at(first.first, time(9))
    with working(engine, by) as session:
        town = lay_out(session, first.first, dice, by=by, now=begin)
        passwords = _accounts(session, town, hash_password, by, begin)
        session.commit()
        play(session, town, first, now, dice, _actors(town))
        fill(session, town, first.first, by=by, now=now)
        praise(session, town, now)
        session.commit()
    propose(engine, now)
    return passwords


def _accounts(
    session: Session, town: Town, hash_password: Callable[[str], str], by: Actor, now: datetime
) -> dict[str, str]:
    passwords = {login: f"{secrets.token_hex(2)}-{secrets.token_hex(2)}-{secrets.token_hex(2)}" for login, *_ in cast.PEOPLE}
    for login, role, name, _unit, _post in cast.PEOPLE:
        session.add(
            Account(
                login=login, role=role, cadre=town.people[name], area=town.township, active=True,
                password=hash_password(passwords[login]), fs_uniquifier=secrets.token_hex(16), email=f"{login}@invalid",
            )
        )  # fmt: skip
    record(session, "demo.accounts", "demo", by=by, now=now)
    return passwords


def _actors(town: Town) -> dict[str, Actor]:
    who = {"clerk": "李甲经", "leader": "王乙岭"}
    roles = {name: role for _login, role, name, *_ in cast.PEOPLE}
    return {
        key: Actor(name, roles[name], None, town.people[name].id, town.people[name].unit_id, town.township.path)
        for key, name in who.items()
    }
