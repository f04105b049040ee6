"""doctor: each planted fault is found and told with what to do; a house in order is told so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.periods import Hourly
from services.anchors import FILE, write_anchor
from services.desk import Desk, standing
from services.doctor import Level, examine
from services.gateways.hook import HookGateway
from services.sweeping import beat
from tests.homes import NOW, tamper


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A house in order."""
    settings = replace(app.config["LIANXIN"], time_travel=False)
    desk = Desk(db.engine, settings, standing(NOW), HookGateway("http://127.0.0.1:1/"))
    with working(db.engine, system("测试")) as session:
        record(session, "test.done", "test:1", by=system("测试"), now=NOW)
        session.commit()
    write_anchor(desk, Hourly().current(NOW))
    beat(desk)
    return desk


def trouble(desk: Desk) -> set[str]:
    return {found.check for found in examine(desk) if found.level is not Level.GOOD} - {"backup", "drill", "files", "space"}


def test_a_house_in_order_is_told_so(desk: Desk) -> None:
    assert trouble(desk) == set()


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("keys", lambda desk: desk.settings.keys_file.chmod(0o644)),
        ("anchors", lambda desk: (desk.settings.home / FILE).unlink()),
        ("anchors", lambda desk: (desk.settings.home / FILE).write_text("{}\n")),
    ],
)
def test_a_spoiled_file_is_found(desk: Desk, check: str, spoil: Callable[[Desk], object]) -> None:
    spoil(desk)
    assert trouble(desk) == {check}


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("plain-http", {"host": "0.0.0.0", "insecure_http": True}),
        ("set-clock", {"time_travel": True}),
    ],
)
def test_a_risky_setting_is_found(desk: Desk, check: str, changes: dict[str, object]) -> None:
    assert trouble(replace(desk, settings=replace(desk.settings, **changes))) == {check}


def test_a_worker_that_stopped_is_found_after_five_minutes(desk: Desk) -> None:
    assert trouble(replace(desk, clock=standing(NOW + timedelta(minutes=5)))) == set()
    assert trouble(replace(desk, clock=standing(NOW + timedelta(minutes=6)))) == {"worker"}


def test_a_clock_that_went_back_is_found(desk: Desk) -> None:
    assert "clock" in trouble(replace(desk, clock=standing(NOW - timedelta(days=1))))


def test_a_database_of_another_shape_is_found(app: Flask, desk: Desk) -> None:
    tamper(app, "UPDATE alembic_version SET version_num = '0000'")
    assert trouble(desk) == {"migrations"}


def test_a_house_without_sms_is_only_warned(desk: Desk) -> None:
    found = {one.check: one.level for one in examine(replace(desk, gateway=None))}
    assert found["gateway"] is Level.WARN


def test_a_debug_switch_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert trouble(desk) == {"debug"}
