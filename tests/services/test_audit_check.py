"""The audit chain: whatever was altered, cut or swapped behind the program's back is found, and where."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.periods import Hourly
from services import audit_check
from services.anchors import FILE, write_anchor
from services.audit_check import AuditReport, verify
from services.desk import Desk, standing
from tests.homes import NOW, tamper


@pytest.fixture
def app(any_app: Flask) -> Flask:
    write_events(10)
    return any_app


@pytest.fixture
def home(app: Flask) -> Path:
    return app.config["LIANXIN"].home


def write_events(count: int) -> None:
    with working(db.engine, system("测试")) as session:
        for number in range(count):
            record(session, "test.done", f"test:{number}", by=system("测试"), now=NOW, detail="数“一”数")
        session.commit()


def anchor(app: Flask) -> None:
    write_anchor(Desk(db.engine, app.config["LIANXIN"], standing(NOW)), Hourly().current(NOW))


def check(home: Path) -> AuditReport:
    return verify(db.engine, home)


def test_an_honest_chain_is_sound_also_across_batches(app: Flask, home: Path, monkeypatch) -> None:
    monkeypatch.setattr(audit_check, "BATCH", 3)
    anchor(app)
    found = check(home)
    assert (found.is_sound, found.events, found.anchors) == (True, 10, 1)


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE events SET detail = 'x' WHERE id = 4", 4),
        ("UPDATE events SET \"by\" = '别人' WHERE id = 1", 1),
        ("UPDATE events SET at = '2026-11-20 02:00:01' WHERE id = 10", 10),
        ("DELETE FROM events WHERE id = 4", 5),
        ("DELETE FROM events WHERE id = 1", 2),
        ("UPDATE events SET chain = 'x' WHERE id = 7", 7),
        ("UPDATE events SET id = 100 WHERE id = 3", 4),
    ],
)
def test_the_first_bad_row_is_named(app: Flask, home: Path, statement: str, first_bad: int) -> None:
    tamper(app, statement)
    found = check(home)
    assert (found.is_sound, found.first_bad) == (False, first_bad)


def test_a_tail_that_was_cut_off_is_found_by_the_anchor_and_only_by_it(app: Flask, home: Path) -> None:
    anchor(app)
    tamper(app, "DELETE FROM events WHERE id > 8")
    found = check(home)
    assert (found.is_sound, found.first_bad) == (False, 10)
    assert "截断" in str(found.problem)
    (home / FILE).unlink()
    assert check(home).is_sound


def test_a_forged_anchor_line_is_found(app: Flask, home: Path) -> None:
    anchor(app)
    path = home / FILE
    path.write_text(path.read_text().replace('"event": 10', '"event": 8'))
    assert "第1行" in str(check(home).problem)


def test_one_bad_row_among_later_good_ones_does_not_hide(app: Flask, home: Path) -> None:
    tamper(app, "UPDATE events SET changes = '{\"a\": 1}' WHERE id = 2")
    write_events(5)
    assert check(home).first_bad == 2


def test_the_anchor_says_where_the_chain_stood(app: Flask, home: Path) -> None:
    anchor(app)
    write_events(3)
    anchor(app)
    assert check(home).anchors == 2
    tamper(app, "DELETE FROM events WHERE id = 10")
    assert check(home).first_bad == 11


def test_anchors_keep_the_moment_in_utc(app: Flask, home: Path) -> None:
    anchor(app)
    assert (NOW - timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S+00:00") in (home / FILE).read_text()
