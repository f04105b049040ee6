"""sweep: everything that is due, once, now or at a stated moment."""

from dataclasses import replace
from datetime import datetime

import click

from rules.localtime import LOCAL
from services.desk import Desk, standing
from services.job_kinds import JOBS
from services.jobs import run_due
from services.outbox import send_due
from services.sweeping import run_sweeps
from services.sweeps import SWEEPS
from tasks.commands.house import House, as_json_option, pass_house, tell


@click.command(help="把到期的定时任务、长任务和消息各办一遍")
@click.option("--at", "at", help="假定现在是这个时刻（ISO 格式，北京时间）；仅在允许时间穿越时可用")
@as_json_option
@pass_house
def sweep(house: House, at: str | None, as_json: bool) -> None:
    moment = _moment(at, allowed=house.settings.time_travel)
    with house.opened() as desk:
        report = run_everything(desk if moment is None else replace(desk, clock=standing(moment)))
    lines = [f"{name}：{counts or '无'}" for name, counts in report.items()]
    tell(report, as_json=as_json, lines=lines)


def run_everything(desk: Desk) -> dict[str, object]:
    """Sweeps first, so that what they queue goes out in the same run."""
    sweeps = {name: dict(counts) for name, counts in run_sweeps(desk, SWEEPS).items()}
    return {"sweeps": sweeps, "jobs": dict(run_due(desk, JOBS)), "messages": dict(send_due(desk))}


def _moment(text: str | None, *, allowed: bool) -> datetime | None:
    if text is None:
        return None
    if not allowed:
        raise click.ClickException("正式环境不能指定时刻。演示或测试时请设置 LIANXIN_TIME_TRAVEL=1。")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.ClickException(f"看不懂时刻“{text}”，例如：2026-12-01T09:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
