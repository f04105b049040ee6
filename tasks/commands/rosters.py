"""rosters import: the two lists as a township sends them, looked at or carried out."""

import sys
from pathlib import Path
from typing import Any

import click

from models.access.actor import system
from models.access.session import working
from rules.rosters.report import RosterReport
from services.desk import Desk
from services.rosters.importing import import_roster, read_roster
from services.setup import township
from tasks.commands.house import House, as_json_option, pass_house, tell

BY = system("命令行导入名单")
NUMBERS = {
    "cadres": "责任人", "enterprises": "企业", "assignments": "责任关系", "phones_missing": "缺电话",
    "credentials_discarded": "已丢弃的密码", "created": "新建", "unchanged": "原已存在",
}  # fmt: skip




@click.group(help="包抓、包保责任清单")
def rosters() -> None:
    pass


@rosters.command("import", help="导入 .docx、.xlsx、.xls、.csv、.tsv、.txt 名单")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只核对，不写入")
@click.option("--good-rows", is_flag=True, help="有问题的行不导入，其余照导")
@click.option("--township", "name", help="乡镇名称；只有一个乡镇时可省略")
@as_json_option
@pass_house
def import_(house: House, file: Path, dry_run: bool, good_rows: bool, name: str | None, as_json: bool) -> None:
    data = file.read_bytes()
    with house.opened() as desk:
        report = read_roster(data, file.name)
        facts = _carry_out(desk, report, data, file.name, name or house.settings.township, dry_run, good_rows)
    tell(facts, as_json=as_json, lines=_lines(facts))
    if facts["refused"] and not good_rows:
        sys.exit(1)


def _carry_out(
    desk: Desk, report: RosterReport, data: bytes, filename: str, name: str, dry_run: bool, good_rows: bool
) -> dict[str, Any]:
    facts = {**report.to_json(), "refused": report.refusals(), "created": 0, "unchanged": 0}
    if report.problems and not good_rows:
        return facts
    now = desk.clock()
    with working(desk.engine, BY) as session:
        outcome = import_roster(
            session, township(session, name, now), report, data, filename, by=BY, now=now, good_rows_only=good_rows
        )
        facts |= {"created": outcome.created, "unchanged": outcome.unchanged}
        if dry_run:
            session.rollback()
        else:
            session.commit()
    return facts


def _lines(facts: dict[str, Any]) -> list[str]:
    lines = [f"表{n}：{table['rows']}行，{table['persons']}人，{table['enterprises']}家" for n, table in enumerate(facts["tables"], 1)]
    lines += [f"{label}：{facts[key]}" for key, label in NUMBERS.items()]
    lines += [f"待核 [{one['kind']}] {'、'.join(one['where'])}：{one['message']}" for one in facts["findings"]]
    lines += [f"不能导入 {one['where']}：{one['message']}" for one in facts["refused"]]
    if facts["refused"]:
        lines.append("有问题的行请改好后重新导入；也可加 --good-rows 先导入其余的行。")
    return lines
