"""The house copies itself each night and tries a copy each month; trouble is told to the system administrator, once."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from models import Account, Event, Notice, db
from models.access.actor import system
from models.access.session import working
from rules.roles import Role
from services.backup.names import copies_in
from services.backup.nightly import DRILLED, FAILED
from services.desk import Desk, standing
from services.doctor import Level, examine
from services.sweeping import run_sweeps
from services.sweeps import SWEEPS
from tests.backups import PHRASE, flip, furnished
from tests.homes import NOW

KEEPING = tuple(sweep for sweep in SWEEPS if sweep.name in {"backup", "drill"})


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return furnished(app)


def night(desk: Desk, moment: datetime = NOW, **settings: object) -> dict[str, dict[str, int]]:
    """What a worker does at a moment."""
    changed = replace(desk, clock=standing(moment), settings=replace(desk.settings, **settings))
    return {name.split()[0]: dict(counts) for name, counts in run_sweeps(changed, KEEPING).items()}


def drills() -> list[str]:
    with working(db.engine, system("测试")) as session:
        return list(session.scalars(select(Event.detail).where(Event.verb == DRILLED)))


def told() -> list[tuple[str, str]]:
    """(subject, body) of the notices; each to a system administrator, each with its event."""
    with working(db.engine, system("测试")) as session:
        events = list(session.scalars(select(Event).where(Event.verb == FAILED)))
        found = list(session.scalars(select(Notice).where(Notice.key.like("backup:%")).order_by(Notice.id)))
        holders = set(session.scalars(select(Account.id).where(Account.role == Role.SYSTEM, Account.active)))
        assert {notice.account_id for notice in found} <= holders
        assert len(found) == len(events) * len(holders)
        return [(notice.subject, str(notice.body)) for notice in found]


def test_a_night_makes_one_copy_and_a_month_one_drill(desk: Desk) -> None:
    assert night(desk)["drill"]["failed"] == 0
    assert night(desk) == {}
    assert len(copies_in(desk.settings.backups)) == 1
    assert night(desk, NOW + timedelta(days=1))["backup"]["rows"] > 0
    assert len(copies_in(desk.settings.backups)) == 2
    assert ["核对无误" in words for words in drills()] == [True]
    assert told() == []
    assert list(desk.settings.home.glob("drill-*/")) == []


def test_after_a_long_rest_one_copy_and_one_drill_are_made_up(desk: Desk) -> None:
    night(desk)
    assert set(night(desk, NOW + timedelta(days=100))) == {"backup", "drill"}
    assert len(copies_in(desk.settings.backups)) == 2
    assert len(drills()) == 2


@pytest.mark.parametrize(("days", "left"), [(30, 4), (40, 3)])
def test_copies_past_their_time_go_but_never_the_last_three(desk: Desk, days: int, left: int) -> None:
    for number in range(3):
        night(desk, NOW + timedelta(days=number))
    dropped = night(desk, NOW + timedelta(days=days), backup_keep=35)["backup"]["dropped"]
    assert (dropped, len(copies_in(desk.settings.backups))) == (4 - left, left)


def test_a_night_without_room_for_the_copy_is_told_once_and_the_next_night_makes_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("not a folder")
    for _ in range(2):
        night(desk, backup_folder=tmp_path / "stick")
    subjects = [subject for subject, _body in told()]
    assert subjects == ["昨夜的备份没有做成", "恢复演练没有做成"]
    assert night(desk, NOW + timedelta(days=1))["backup"]["rows"] > 0


def test_a_copy_that_doesnt_open_is_told(desk: Desk) -> None:
    night(desk)
    for copy in copies_in(desk.settings.backups):
        for place in (0.3, 0.5, 0.7):  # one alone may fall on a byte that says nothing, such as the time in a zip header
            flip(copy, place)
    night(desk, NOW + timedelta(hours=1))
    spoilt = run_sweeps(replace(desk, clock=standing(NOW + timedelta(days=14))), KEEPING[1:])
    assert [dict(counts) for counts in spoilt.values()] == [{"failed": 1}]
    [(subject, body)] = told()
    assert subject == "恢复演练没有通过"
    assert copies_in(desk.settings.backups)[-1].name in body


def test_a_drill_with_a_passphrase_opens_the_copy_and_without_it_is_told(desk: Desk) -> None:
    assert night(desk, backup_passphrase=PHRASE)["drill"]["failed"] == 0
    later = replace(desk, clock=standing(NOW + timedelta(days=14)))
    run_sweeps(later, KEEPING[1:])
    [(_subject, body)] = told()
    assert "LIANXIN_BACKUP_PASSPHRASE" in body


def test_what_a_cut_drill_left_behind_goes(desk: Desk) -> None:
    (desk.settings.home / "drill-cut" / "files").mkdir(parents=True)
    night(desk)
    assert list(desk.settings.home.glob("drill-*/")) == []


def test_doctor_knows_the_newest_copy_and_the_last_drill(desk: Desk) -> None:
    def good(moment: datetime) -> dict[str, bool]:
        found = {one.check: one.level is Level.GOOD for one in examine(replace(desk, clock=standing(moment)))}
        return {name: found[name] for name in ("backup", "drill")}

    assert good(NOW) == {"backup": False, "drill": False}
    night(desk)
    assert good(NOW + timedelta(hours=26)) == {"backup": True, "drill": True}
    assert good(NOW + timedelta(hours=27)) == {"backup": False, "drill": True}
    assert good(NOW + timedelta(days=41)) == {"backup": False, "drill": False}
