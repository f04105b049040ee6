"""Long work: nothing lost, nothing done twice, stoppable, with a sentence for the person when it fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from models import Attempt, Job, db
from models.access.actor import system
from models.access.session import working
from rules.errors import RuleBroken
from rules.jobs import MAX_ATTEMPTS, JobState
from services.desk import Desk, standing
from services.jobs import cancel, enqueue, run_due
from services.work import Work
from tests.homes import NOW


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(db.engine, app.config["LIANXIN"], standing(NOW))


def later(desk: Desk, **by: int) -> Desk:
    return replace(desk, clock=standing(desk.clock() + timedelta(**by)))


def ask(desk: Desk, key: str = "k1", **args: object) -> int:
    with working(desk.engine, system("测试")) as session:
        row = enqueue(session, "count", key, args, title="数一数", run_at=NOW)
        session.commit()
        return row.id


def job(desk: Desk, number: int) -> Job:
    with working(desk.engine, system("测试")) as session:
        return session.get_one(Job, number)


def traces(desk: Desk) -> int:
    with working(desk.engine, system("测试")) as session:
        return session.scalar(select(func.count()).select_from(Attempt)) or 0


def trace(work: Work) -> None:
    work.session.add(Attempt(kind="job", subject=f"{work.id}", at=NOW))


def ten_steps(work: Work, at_step: Callable[[int], None] = lambda done: None) -> str:
    for done in range(work.done + 1, 11):
        trace(work)
        at_step(done)
        work.step(done, 10)
    return "数完了"


class Killed(BaseException):
    """Like kill -9: nothing after it runs."""


def killed_at(step: int) -> Callable[[int], None]:
    def check(done: int) -> None:
        if done == step:
            raise Killed

    return check


def test_a_job_runs_once_with_its_progress_and_result(desk: Desk) -> None:
    number = ask(desk)
    assert run_due(desk, {"count": ten_steps}) == {"done": 1}
    assert run_due(desk, {"count": ten_steps}) == {}
    row = job(desk, number)
    assert (row.state, row.done, row.total, row.result, traces(desk)) == (JobState.DONE, 10, 10, "数完了", 10)


def test_asking_twice_under_one_key_is_one_job(desk: Desk) -> None:
    assert ask(desk) == ask(desk)


@pytest.mark.parametrize("step", [1, 5, 10])
def test_a_job_killed_in_the_middle_goes_on_where_it_was_without_doubling(desk: Desk, step: int) -> None:
    ask(desk)
    with pytest.raises(Killed):
        run_due(desk, {"count": lambda work: ten_steps(work, killed_at(step))})
    assert traces(desk) == step - 1
    assert run_due(later(desk, seconds=119), {"count": ten_steps}) == {}
    assert run_due(later(desk, minutes=2), {"count": ten_steps}) == {"done": 1}
    assert traces(desk) == 10


def test_a_job_that_was_taken_over_leaves_no_trace_when_it_wakes_up(desk: Desk) -> None:
    ask(desk)

    def overtaken(work: Work) -> str:
        trace(work)
        work.session.rollback()
        assert run_due(later(desk, minutes=3), {"count": ten_steps}) == {"done": 1}
        trace(work)
        return "too late"

    assert run_due(desk, {"count": overtaken}) == {"lost": 1}
    assert traces(desk) == 10


def test_a_cancelled_job_stops_at_its_next_step(desk: Desk) -> None:
    number = ask(desk)

    def cancelled(work: Work) -> str:
        work.step(3, 10)
        with working(desk.engine, system("测试")) as session:
            cancel(session, session.get_one(Job, number))
            session.commit()
        trace(work)
        work.step(4)
        return "never"

    assert run_due(desk, {"count": cancelled}) == {"cancelled": 1}
    assert (job(desk, number).state, job(desk, number).done, traces(desk)) == (JobState.CANCELLED, 3, 0)


def test_a_finished_job_can_not_be_cancelled(desk: Desk) -> None:
    number = ask(desk)
    run_due(desk, {"count": ten_steps})
    with working(desk.engine, system("测试")) as session, pytest.raises(RuleBroken, match="已经完成"):
        cancel(session, session.get_one(Job, number))


def test_a_job_that_breaks_is_tried_again_and_then_given_up_without_insides_in_the_message(desk: Desk) -> None:
    number = ask(desk)

    def breaks(work: Work) -> str:
        trace(work)
        raise ValueError("secret insides")

    for _ in range(MAX_ATTEMPTS - 1):
        assert run_due(desk, {"count": breaks}) == {"retry": 1}
        desk = later(desk, minutes=32)
    assert run_due(desk, {"count": breaks}) == {"failed": 1}
    assert "联系系统管理员" in job(desk, number).error
    assert "secret" not in job(desk, number).error
    assert traces(desk) == 0


def test_a_job_that_a_rule_refuses_fails_at_once_with_the_rules_sentence(desk: Desk) -> None:
    number = ask(desk)

    def refused(work: Work) -> str:
        raise RuleBroken("no-rows", "没有可导出的记录。")

    assert run_due(desk, {"count": refused}) == {"failed": 1}
    assert job(desk, number).error == "没有可导出的记录。"


def test_a_job_that_always_kills_its_worker_ends(desk: Desk) -> None:
    number = ask(desk)

    def kills(work: Work) -> str:
        raise Killed

    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(Killed):
            run_due(desk, {"count": kills})
        desk = later(desk, minutes=2)
    assert run_due(desk, {"count": kills}) == {"failed": 1}
    assert "多次被中断" in job(desk, number).error
