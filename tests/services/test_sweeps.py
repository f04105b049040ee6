"""Sweeps: once per period, in order after a power cut, whatever two workers and the clock do."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from threading import Barrier

import pytest
from flask import Flask

from models import db
from rules.jobs import MAX_ATTEMPTS
from rules.periods import Daily, Hourly, Monthly, Period
from services.desk import Desk, standing
from services.sweeping import Sweep, run_sweeps
from services.sweeps import SWEEPS
from tests.homes import NOW


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(db.engine, app.config["LIANXIN"], standing(NOW))


def at(desk: Desk, moment: datetime) -> Desk:
    return replace(desk, clock=standing(moment))


@dataclass
class Diary:
    """A sweep that writes down its periods, and fails the first `failures` times."""

    failures: int = 0
    done: list[str] = field(default_factory=list)

    def __call__(self, desk: Desk, period: Period) -> dict[str, int]:
        if self.failures:
            self.failures -= 1
            raise ValueError("planned")
        self.done.append(period.key)
        return {"done": 1}


def test_a_sweep_runs_once_in_its_period(desk: Desk) -> None:
    diary = Diary()
    for minutes in range(0, 50, 10):
        run_sweeps(at(desk, NOW + timedelta(minutes=minutes)), (Sweep("s", Hourly(), diary),))
    assert diary.done == ["2026-11-20T10"]


def test_after_a_month_without_power_each_turn_is_made_up_once_in_order(desk: Desk) -> None:
    diary = Diary()
    sweeps = (Sweep("s", Daily(time(8)), diary, catch_up=True),)
    run_sweeps(desk, sweeps)
    for _ in range(2):
        run_sweeps(at(desk, NOW + timedelta(days=31)), sweeps)
    assert len(diary.done) == 32
    assert diary.done == sorted(set(diary.done))


def test_a_sweep_that_only_cares_for_today_skips_what_was_missed(desk: Desk) -> None:
    diary = Diary()
    sweeps = (Sweep("s", Daily(time(8)), diary),)
    run_sweeps(desk, sweeps)
    run_sweeps(at(desk, NOW + timedelta(days=31)), sweeps)
    assert len(diary.done) == 2


def test_a_sweep_that_fails_is_tried_again_before_later_turns_and_does_not_stop_the_others(desk: Desk) -> None:
    first, second = Diary(failures=1), Diary()
    sweeps = (Sweep("first", Daily(time(8)), first, catch_up=True), Sweep("second", Daily(time(8)), second))
    run_sweeps(desk, sweeps)
    assert (first.done, second.done) == ([], ["2026-11-20"])
    run_sweeps(at(desk, NOW + timedelta(days=1)), sweeps)
    run_sweeps(at(desk, NOW + timedelta(days=1, minutes=1)), sweeps)
    assert first.done[-1] == "2026-11-21"


def test_a_sweep_that_fails_for_ever_gives_way_to_the_next_turn(desk: Desk) -> None:
    diary = Diary(failures=MAX_ATTEMPTS)
    sweeps = (Sweep("s", Monthly(1, time(8)), diary, catch_up=True),)
    for tries in range(MAX_ATTEMPTS):
        run_sweeps(at(desk, NOW + timedelta(hours=tries)), sweeps)
    run_sweeps(at(desk, NOW + timedelta(days=20)), sweeps)
    assert diary.done == ["2026-12"]


def test_a_sweep_killed_in_the_middle_runs_again_when_its_lease_is_over(desk: Desk) -> None:
    class Killed(BaseException):
        pass

    def kills(desk: Desk, period: Period) -> dict[str, int]:
        raise Killed

    with pytest.raises(Killed):
        run_sweeps(desk, (Sweep("s", Hourly(), kills),))
    diary = Diary()
    run_sweeps(at(desk, NOW + timedelta(minutes=9)), (Sweep("s", Hourly(), diary),))
    assert diary.done == []
    run_sweeps(at(desk, NOW + timedelta(minutes=10)), (Sweep("s", Hourly(), diary),))
    assert diary.done == ["2026-11-20T10"]


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=-1), timedelta(days=-400)])
def test_a_clock_that_goes_back_opens_no_period_again(desk: Desk, jump: timedelta) -> None:
    diary = Diary()
    sweeps = (Sweep("s", Hourly(), diary, catch_up=True),)
    run_sweeps(at(desk, NOW + jump), sweeps)
    for moment in (NOW, NOW + jump, NOW):
        run_sweeps(at(desk, moment), sweeps)
    assert len(diary.done) == len(set(diary.done))


def test_a_clock_that_was_far_ahead_does_not_stop_the_sweeps_of_today(desk: Desk) -> None:
    diary = Diary()
    sweeps = (Sweep("s", Daily(time(8)), diary),)
    run_sweeps(at(desk, NOW + timedelta(days=400)), sweeps)
    run_sweeps(desk, sweeps)
    assert diary.done[-1] == "2026-11-20"


def test_two_workers_at_once_do_each_period_once(desk: Desk) -> None:
    diary, together = Diary(), Barrier(2)
    sweeps = (Sweep("s", Hourly(), diary, catch_up=True),)

    def work() -> None:
        for hour in range(20):
            together.wait(20)
            run_sweeps(at(desk, NOW + timedelta(hours=hour)), sweeps)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(work) for _ in range(2)]:
            one.result()
    assert len(diary.done) == len(set(diary.done)) == 20


def test_the_houses_own_timetable_runs_and_has_distinct_names(desk: Desk) -> None:
    assert len({sweep.name for sweep in SWEEPS}) == len(SWEEPS)
    assert {name.split()[0] for name in run_sweeps(desk, SWEEPS)} == {sweep.name for sweep in SWEEPS}
