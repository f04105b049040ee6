"""A busy month: owners rate and rate again, a clerk registers shops, work is asked for; each keeps a diary.

Everybody asks again until answered, as people do; what was answered “done” is in the diary and must be in the house.
"""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models import Area, Assignment, Cadre, Enterprise, Invitation, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.clients import Trade
from rules.coverage import CoverKind
from rules.notices import Channel
from services.jobs import enqueue
from services.outbox import queue_notice
from services.tokens import token_of
from tests.browse import Browser
from tests.homes import NOW
from tests.house import House

LEVELS = ("very-satisfied", "satisfied", "fair", "dissatisfied", "very-dissatisfied")
SHOPS, OWNERS = 24, 2
PATIENCE = 240.0


@dataclass
class Diary:
    """What was answered “done”, in order: levels by serial, registered codes, keys of asked work."""

    ballots: dict[str, list[str]] = field(default_factory=dict)
    shops: list[str] = field(default_factory=list)
    work: list[str] = field(default_factory=list)
    tries: int = 0
    answers: int = 0
    told_to_wait: int = 0
    odd: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    token: str
    serial: str
    number: int


def furnish(house: House) -> list[Asked]:
    """More shops, a round opened, the codes on their slips."""
    with house.work() as session:
        area, cadre = session.get_one(Area, house.town.areas["东岭村"]), session.get_one(Cadre, house.town.cadres["赵包抓"])
        for number in range(SHOPS):
            shop = Enterprise(name=f"第{number}家店", area=area, trade=Trade.SHOP, phone="19900000014", contact="店主")
            session.add(shop)
            session.add(Assignment(kind=CoverKind.CADRE, client=shop, cadre=cadre, since=NOW.date(), area=area, source="清单"))
        record(session, "town.grown", "town", by=system("测试"), now=NOW)
        session.commit()
    house.open()
    with house.work() as session:
        return [Asked(token_of(row), row.serial, row.id) for row in session.scalars(select(Invitation))]


class Caller:
    """Posts a form until the house answers; waits when it is told to, calls again when the line is cut."""

    def __init__(self, port: int, diary: Diary, over: threading.Event) -> None:
        self.port, self.diary, self.over = port, diary, over

    def post(self, path: str, form: dict[str, str], **headers: str) -> tuple[int, str]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.diary.tries += 1
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                connection.request("POST", path, urlencode(form), {**kind, **headers})
                answer = connection.getresponse()
                text = answer.read().decode()
            except (OSError, HTTPException):
                time.sleep(0.01)
                continue
            finally:
                connection.close()
            if answer.status not in {503, 507}:
                self.diary.answers += 1
                return answer.status, text
            self.diary.told_to_wait += 1
            if not answer.getheader("Retry-After"):
                self.diary.odd.append(f"{answer.status} that doesn't say when to come again")
            time.sleep(0.05)
        raise TimeoutError(path)


class Owners(Caller):
    """One hand with the codes of several shops."""

    def run(self, shops: list[Asked], dice: random.Random) -> None:
        while not self.over.wait(dice.uniform(0, 0.15)):
            asked = dice.choice(shops)
            done = self.diary.ballots.setdefault(asked.serial, [])
            level = dice.choice([one for one in LEVELS if not done or one != done[-1]])
            status, text = self.post(f"/s/{asked.token}", {"who": asked.serial, "level": level})
            if status == 303 or (status == 200 and 'name="why"' in text):
                done.append(level)
            else:
                self.diary.odd.append(f"owner {status}")


class Clerk(Caller):
    """Registers shops by their credit code; a second try that is told “already there” means the first came through."""

    def run(self, browser: Browser, area: int) -> None:
        number, token = 0, browser.token()
        cookie = cookie_of(browser)
        while not self.over.wait(0.1):
            number += 1
            code = f"91610000MA{number:08d}"
            form = {"name": f"新店{number}", "area": str(area), "trade": "shop", "state": "active", "credit_code": code,
                    "csrf_token": token}  # fmt: skip
            status, text = self.post("/admin/enterprise/new/", form, Cookie=cookie)
            if status == 302 or (status in {200, 409} and "与已有记录重复" in text):
                self.diary.shops.append(code)
            else:
                self.diary.odd.append(f"clerk {status} {text[-1500:]}")


def cookie_of(browser: Browser) -> str:
    """What the browser sends."""
    name = browser.app.config["SESSION_COOKIE_NAME"]
    cookie = browser.client.get_cookie(name)
    assert cookie
    return f"{name}={cookie.value}"


def ask_for_work(app: Flask, diary: Diary, over: threading.Event) -> None:
    """One transaction asks for a job and queues a message; asked again under the same key until it is written."""
    number = 0
    with app.app_context():
        while not over.wait(0.1):
            number += 1
            key = f"w{number}"
            while not ask_once(key):
                over.wait(0.05)
            diary.work.append(key)


def ask_once(key: str) -> bool:
    """False when the database was busy for too long: then nothing was written."""
    try:
        with working(db.engine, system("测试")) as session:
            enqueue(session, "count", key, {"name": key}, title="数一数", run_at=NOW)
            queue_notice(session, key=key, channel=Channel.SMS, subject="提醒", to="19900000011", run_at=NOW)
            session.commit()
    except OperationalError:
        return False
    return True


@contextmanager
def busy(house: House, port: int, asked: list[Asked], seed: str) -> Iterator[Diary]:
    """Everybody at work until the block ends; then whoever waits for an answer still gets it."""
    diary, over = Diary(), threading.Event()
    clerk = house.as_("李经办")
    owners = [threading.Thread(target=Owners(port, diary, over).run, args=(asked[n::OWNERS], random.Random(f"{seed}{n}")))
              for n in range(OWNERS)]  # fmt: skip
    others = [
        threading.Thread(target=Clerk(port, diary, over).run, args=(clerk, house.town.areas["西沟村"])),
        threading.Thread(target=ask_for_work, args=(house.app, diary, over)),
    ]
    for thread in (*owners, *others):
        thread.start()
    try:
        yield diary
    finally:
        over.set()
        for thread in (*owners, *others):
            thread.join(PATIENCE + 10)
