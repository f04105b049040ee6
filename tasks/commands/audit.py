"""audit verify: has anybody rewritten history?"""

import sys

import click

from services.audit_check import verify
from tasks.commands.house import House, as_json_option, pass_house, tell


@click.group(help="审计日志")
def audit() -> None:
    pass


@audit.command("verify", help="核验审计链和锚，指出第一处问题")
@as_json_option
@pass_house
def verify_command(house: House, as_json: bool) -> None:
    with house.opened() as desk:
        found = verify(desk.engine, house.settings.home)
    report = {
        "sound": found.is_sound, "events": found.events, "anchors": found.anchors, "head": found.head,
        "first_bad": found.first_bad, "problem": str(found.problem or ""),
    }  # fmt: skip
    good = f"审计链完整：{found.events} 条记录，{found.anchors} 个锚，末值 {found.head[:16]}…"
    tell(report, as_json=as_json, lines=[good if found.is_sound else str(found.problem)])
    sys.exit(0 if found.is_sound else 1)
