"""kill -9 while the month is busy, again and again, and then the comparison of the books."""

import random
import time
from collections.abc import Callable

from sqlalchemy import func, select

from models import Job, Notice
from rules.jobs import JobState
from rules.notices import NoticeState
from tests.faults.ledger_of_truth import complaints
from tests.faults.load import busy, furnish
from tests.faults.processes import Mortal, alive
from tests.faults.switches import told
from tests.gateway import TestGateway
from tests.house import House


def run(house: House, gateway: TestGateway, die: random.Random, kills: int, plant: str = "") -> tuple[list[str], int]:
    """Kill both, each `kills` times, at random moments; then let everybody finish. Complaints and lives."""
    asked, gateway.pause = furnish(house), 0.02
    with alive(house.app.config["LIANXIN"], plant) as (port, web, worker):
        with busy(house, port, asked, str(die.random())) as diary:
            done = {web: lambda: diary.answers, worker: lambda: len(gateway.requests)}
            left = [web, worker] * kills
            die.shuffle(left)
            for victim in left:
                wait_for(done[victim], done[victim]() + die.randint(0, 2))
                time.sleep(die.uniform(0, 0.05))
                victim.kill()
                victim.start()
        finish(house, worker)
    told(f"{2 * kills} kills survived: {sum(map(len, diary.ballots.values()))} ratings,", f"{len(diary.shops)} shops,",
         f"{len(diary.work)} jobs and messages in {diary.tries} requests")  # fmt: skip
    keys = {key for key in gateway.taken if key.startswith("w")}
    return complaints(house, diary, keys), worker.lives


def wait_for(done: Callable[[], int], enough: int) -> None:
    """Kills count work, not time, so that they hit it on a slow machine too."""
    until = time.monotonic() + 2
    while done() < enough and time.monotonic() < until:
        time.sleep(0.002)


def finish(house: House, worker: Mortal) -> None:
    """New lives, each three minutes later, until no work waits."""
    until = time.monotonic() + 60
    while time.monotonic() < until and unfinished(house):
        worker.kill()
        worker.start()
        time.sleep(2)


def unfinished(house: House) -> int:
    with house.work() as session:
        jobs = session.scalar(select(func.count()).where(Job.state.in_([JobState.WAITING, JobState.RUNNING]))) or 0
        return jobs + (session.scalar(select(func.count()).where(Notice.state == NoticeState.WAITING)) or 0)
