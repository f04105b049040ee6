"""round open, close, status: the monthly survey without a browser."""

from typing import Any

import click
from sqlalchemy import select

from models import Round
from models.access.actor import system
from models.access.session import ActorSession, working
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.months import Month
from rules.survey import SurveyRule
from services import plans
from services.desk import Desk
from services.rounds.closing import close as close_round
from services.rounds.opening import open_round
from services.rounds.tally import tally
from services.setup import township
from tasks.commands.house import House, as_json_option, pass_house, tell

BY = system("命令行办理测评")
month_option = click.option("--month", help="月份，如 2026-11；缺省为本月")
township_option = click.option("--township", "name", help="乡镇名称；只有一个乡镇时可省略")


@click.group("round", help="每月测评")
def round_() -> None:
    pass


@round_.command("open", help="开启一个月的测评")
@month_option
@township_option
@as_json_option
@pass_house
def open_(house: House, month: str | None, name: str | None, as_json: bool) -> None:
    with house.opened() as desk, working(desk.engine, BY) as session:
        asked, now = _month(desk, month), desk.clock()
        area = township(session, name or house.settings.township, now)
        for survey in _surveys(session, asked):
            open_round(session, area, survey, asked, by=BY, now=now)
        session.commit()
        facts = [_facts(session, row) for row in _rounds(session, asked)]
    tell(facts, as_json=as_json, lines=[_line(one) for one in facts])


@round_.command(help="截止一个月的测评")
@month_option
@as_json_option
@pass_house
def close(house: House, month: str | None, as_json: bool) -> None:
    with house.opened() as desk, working(desk.engine, BY) as session:
        found = _rounds(session, _month(desk, month))
        if not found:
            raise RuleBroken("round-missing", "这个月还没有开启测评。")
        for row in found:
            close_round(session, row, by=BY, now=desk.clock())
        session.commit()
        facts = [_facts(session, row) for row in found]
    tell(facts, as_json=as_json, lines=[_line(one) for one in facts])


@round_.command(help="各轮进度")
@month_option
@as_json_option
@pass_house
def status(house: House, month: str | None, as_json: bool) -> None:
    with house.opened() as desk, working(desk.engine, BY) as session:
        found = _rounds(session, _month(desk, month)) if month else session.scalars(select(Round).order_by(Round.month))
        facts = [_facts(session, row) for row in found]
    tell(facts, as_json=as_json, lines=[_line(one) for one in facts] or ["还没有测评。"])


def _month(desk: Desk, text: str | None) -> Month:
    return Month.parse(text) if text else Month.of(local_day(desk.clock()))


def _surveys(session: ActorSession, month: Month) -> Any:
    found = plans.book(session).rules_of(SurveyRule, month.last)
    if not found:
        raise RuleBroken("rule-missing", "没有生效的测评规则，请先载入方案文件（bin/lianxin plan load）。")
    return found


def _rounds(session: ActorSession, month: Month) -> list[Round]:
    return list(session.scalars(select(Round).where(Round.month == str(month)).order_by(Round.id)))


def _facts(session: ActorSession, row: Round) -> dict[str, Any]:
    """Whether, never what: counts of answers, no ratings."""
    counted = tally(session, row)
    return {
        "round": row.id, "month": row.month, "state": row.state.value, "frame": row.frame_size,
        "frame_hash": row.frame_hash, "answered": counted.total.n, "refused": counted.total.refused,
        "closed_shops": counted.total.closed_shops, "invited": counted.total.invited,
        "states": {state.value: n for state, n in counted.states.items()},
    }  # fmt: skip


def _line(one: dict[str, Any]) -> str:
    return f"{one['month']} {one['state']}：应评{one['frame']}，已评{one['answered']}，拒答{one['refused']}，停业{one['closed_shops']}"
