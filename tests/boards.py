"""Boards in the invented town: facts under them, and each step by its verb."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from models import Area, BoardEntry, Cadre, Check, Client, Household, Publication, Rule, db
from models.access.actor import system
from models.audit import record
from rules.board_rule import BoardRule
from rules.checks import CheckState
from rules.localtime import local_day
from services import plans
from services.boards import agreeing, deciding, ending, publishing
from services.boards.offering import offer
from services.boards.sweeps import propose_boards
from tests.office import Office

SYSTEM = system("测试")
URL = "https://town.example"


def check(office: Office, shop: str, found: int, *, sheet: str = "street-check", on: datetime | None = None) -> int:
    """A closed sheet about a shop."""
    moment = on or office.clock.now
    with office.work() as session:
        client = session.get_one(Client, office.town.shops[shop])
        rule = session.scalars(select(Rule).where(Rule.code == sheet)).one()
        row = Check(rule=rule, client=client, state=CheckState.CLOSED, found=found, made_by="孙纪检", made_at=moment, signed_at=moment, ended_at=moment,
                    area=session.get_one(Area, office.town.areas["样例乡"]))  # fmt: skip
        session.add(row)
        session.flush()
        record(session, "test.checked", row, by=SYSTEM, now=moment)
        session.commit()
        return row.id


def black(office: Office, shop: str = "北塬饭店") -> int:
    """The proposal that two bad checks lead to."""
    for _turn in range(2):
        check(office, shop, 1)
    propose_boards(db.engine, office.clock.now, URL)
    return office.all(BoardEntry)[-1].id


def household(office: Office, name: str = "东岭村12号", head: str = "马老三", village: str = "东岭村") -> int:
    with office.work() as session:
        row = Household(name=name, head=head, area=session.get_one(Area, office.town.areas[village]))
        session.add(row)
        session.flush()
        record(session, "test.housed", row, by=SYSTEM, now=office.clock.now)
        session.commit()
        return row.id


def put_forward(office: Office, board: str, subject: int, who: str = "孙纪检", n: int = 30, key: str = "hand:1") -> int:
    with office.work() as session:
        rule = plans.book(session).rule(board, local_day(office.clock.now), BoardRule)
        area = session.get_one(Area, office.town.areas["样例乡"])
        row = offer(session, area, rule, subject, n, "评议会评出", key, by=office.town.actors[who], now=office.clock.now)
        session.commit()
        return row.id


def say(office: Office, verb: Any, number: int, *words: str, who: Any = "孙纪检") -> None:
    by = office.town.actors[who] if isinstance(who, str) else who
    with office.work() as session:
        verb(session, session.get_one(BoardEntry, number), *words, by=by, now=office.clock.now)
        session.commit()


def told(office: Office, number: int, leader: str = "王主任") -> None:
    say(office, deciding.confirm, number, "两次检查属实", who=leader)
    say(office, deciding.tell, number, "当面告知店主")


def published(office: Office, number: int, words: str = "检查2次，2次发现门前乱堆乱放", consent: str = "") -> None:
    """Told, the days over, asked for by one and agreed to by the other."""
    told(office, number)
    office.clock.pass_by(days=10)
    say(office, publishing.ask, number, words, consent)
    say(office, agreeing.agree, number, who="王主任")


def entry(office: Office, number: int) -> BoardEntry:
    with office.work() as session:
        return session.get_one(BoardEntry, number)


def shown(office: Office) -> list[Publication]:
    return office.all(Publication)


def withdrawn(office: Office, number: int, why: str = "已经整改到位") -> None:
    say(office, ending.withdraw, number, why)


def leader_of(office: Office, cadre: str) -> int:
    """A cadre's number in the roster."""
    with office.work() as session:
        return session.scalars(select(Cadre.id).where(Cadre.name == cadre)).one()
