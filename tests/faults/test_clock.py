"""Clocks that jump, machines set to other zones, a leap day, a turn of the year: the month goes its way once."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from models import Invitation, Notice, Round
from settings import ROOT
from tests.faults.calendar import live, moment, rows
from tests.house import house_in

ZONES = ("UTC", "Asia/Shanghai", "Asia/Urumqi", "America/New_York")
OPENED, REMINDED, OVER, LATER = (moment(text) for text in ("2026-11-20T09:00", "2026-11-24T10:00", "2026-12-01T00:01", "2026-12-01T09:00"))


def lived(empty_home: Path, folder: Path, zone: str) -> dict[str, dict[str, list[object]]]:
    """What a machine set to `zone` tells of it."""
    for story in ("leap", "year"):
        (folder / story).mkdir(parents=True)
    told = subprocess.run(
        [sys.executable, "-m", "tests.faults.calendar", str(empty_home), str(folder)], cwd=ROOT, env={**os.environ, "TZ": zone},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_a_leap_day_and_a_new_year_are_the_same_in_four_zones(empty_home: Path, tmp_path: Path) -> None:
    first, *others = [lived(empty_home, tmp_path / str(number), zone) for number, zone in enumerate(ZONES)]
    assert first["leap"]["states"] == [[], *[["open"]] * 3, *[["closed"]] * 2]  # the 20th is a Sunday
    assert first["year"]["states"] == [[], *[["open"]] * 2, *[["closed"]] * 2]  # a Sunday too
    assert len(first["leap"]["rows"]) > 20
    assert "2月" in str(first["leap"]["pages"])
    for zone, other in zip(ZONES[1:], others, strict=True):
        assert other == first, zone


def test_a_clock_that_jumps_about_does_nothing_twice_and_opens_nothing_again(empty_home: Path, tmp_path: Path) -> None:
    def month(name: str, *moments: datetime) -> list[list[str]]:
        (tmp_path / name).mkdir()
        with house_in(empty_home, tmp_path / name, OPENED) as house:
            live(house, list(moments))
            return [[word for word in row if "T" not in word] for row in rows(house, Round, Invitation, Notice)]

    straight = month("straight", OPENED, REMINDED, OVER, LATER)
    back = [-timedelta(hours=1), -timedelta(days=1), -timedelta(days=400)]
    jumps = [OPENED, *(OPENED + jump for jump in back), REMINDED, OPENED, REMINDED, *(REMINDED + jump for jump in back), OVER, REMINDED, OPENED, LATER]
    assert len(straight) > 8
    assert month("jumping", *jumps) == straight


def test_a_clock_far_ahead_closes_and_the_right_time_again_opens_nothing(empty_home: Path, tmp_path: Path) -> None:
    with house_in(empty_home, tmp_path, OPENED) as house:
        states = live(house, [OPENED, OPENED + timedelta(days=20), OPENED + timedelta(hours=1), REMINDED])
    assert [one[0] for one in states] == ["open", "closed", "closed", "closed"]
