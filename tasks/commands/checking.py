"""doctor: is this installation in order?"""

import sys

import click

from services.doctor import Level, examine, examine_outside
from services.starting import HARMFUL, reasons
from tasks.commands.house import House, as_json_option, pass_house, tell

MARKS = {Level.GOOD: "✓", Level.WARN: "!", Level.BAD: "✗"}


@click.command(help="检查安装是否妥当；有必须处理的问题时返回 1")
@as_json_option
@pass_house
def doctor(house: House, as_json: bool) -> None:
    if reasons(house.settings, HARMFUL):
        found = examine_outside(house.settings)
    else:
        with house.opened() as desk:
            found = examine(desk)
    report = [{"check": f.check, "level": f.level.value, "says": str(f.says)} for f in found]
    tell(report, as_json=as_json, lines=[f"{MARKS[f.level]} {f.says}" for f in found])
    sys.exit(1 if any(f.level is Level.BAD for f in found) else 0)
