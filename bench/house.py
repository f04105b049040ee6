"""One seeded house: the real application on its own data folder, and signed-in people."""

import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event, select

from app import create_app
from bench import data, floor, seed
from models import Account, db
from models.access.actor import system
from models.access.session import working
from services import plans
from services.login_sessions import begin
from services.schema import bring_up
from settings import ROOT, Settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday, in the days of a round
PACKS = ("national.toml", "wuqingyuan.toml")


def settings_for(home: Path, database_url: str = "") -> Settings:
    return Settings(
        home=home, database_url=database_url or f"sqlite:///{home / 'lianxin.db'}", redis_url="", host="127.0.0.1", port=8000,
        public_url="http://127.0.0.1:8000", township="样例乡", hotline="0000-12345678", proxies=0, insecure_http=False,
        time_travel=True, gateway_url="", office_networks=(), demo=False,
    )  # fmt: skip


class House:
    """`browse(role)` gives a signed-in client; `statements` counts what it asked of the database."""

    def __init__(self, settings: Settings, scale: data.Scale) -> None:
        began = time.perf_counter()
        self.settings, self.scale = settings, scale
        self.app = create_app(settings)
        self.app.config["CLOCK"] = lambda: NOW
        floor.init_app(self.app)
        bring_up(settings, NOW)
        with self.app.app_context():
            if not _is_filled():
                _load_plans()
                seed.fill(settings.database_url, scale)
        print(f"{scale.orders:,} orders seeded in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        self._people: dict[str, Person] = {}

    def browse(self, role: str) -> "Person":
        if role not in self._people:
            self._people[role] = Person(self.app, role)
        return self._people[role]

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        seen: list[str] = []

        def note(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
            seen.append(sql)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        yield seen
        event.remove(engine, "before_cursor_execute", note)


class Person:
    """A browser of one role, signed in."""

    def __init__(self, app: Flask, role: str) -> None:
        self.app, self.client = app, app.test_client()
        with app.app_context(), working(db.engine, system("bench")) as session:
            account = session.scalars(select(Account).where(Account.login == f"bench-{role}")).one()
            identifier = account.fs_uniquifier
            key = begin(session, account.id, address="127.0.0.1", agent="bench", now=NOW)
            session.commit()
        with self.client.session_transaction() as cookie:
            cookie.update({"_user_id": identifier, "_fresh": True, "device": key, "csrf_token": secrets.token_hex(20)})
            raw = cookie["csrf_token"]
        self.token = str(URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw))

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code in {200, 302, 303}, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, path: str, values: dict[str, Any]) -> str:
        answer = self.client.post(path, data={"csrf_token": self.token, **values})
        assert answer.status_code in {200, 302, 303}, f"{path}: {answer.status_code} {answer.text[:300]}"
        return str(answer.headers.get("Location", "")) or answer.text


def _is_filled() -> bool:
    with working(db.engine, system("bench")) as session:
        return session.scalar(select(Account.id).limit(1)) is not None


def _load_plans() -> None:
    by = system("bench")
    with working(db.engine, by) as session:
        text = (ROOT / "plans" / "holidays.toml").read_text("utf-8")
        plans.load_holiday_table(session, text, "holidays.toml", by=by, now=NOW)
        for name in PACKS:
            plans.load_plan(session, (ROOT / "plans" / name).read_text("utf-8"), name, by=by, now=NOW)
        session.commit()
