"""From nothing to a house one can sign in to: tables, and the way in for the first person."""

import sys

import click

from rules.errors import RuleBroken
from services.desk import Desk
from services.schema import bring_up
from settings import Settings
from tasks.commands.house import House, pass_house
from tasks.desk import clock
from tasks.supervisor import SETUP_FAILED


def prepare(house: House) -> None:
    """Migrate, build the demo township on its first start, print how to sign in."""
    try:
        bring_up(house.settings, clock())
    except RuleBroken as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(SETUP_FAILED)
    with house.opened() as desk:
        lines = demo_logins(desk) if house.settings.demo else first_link(desk, house.settings)
    click.echo("\n".join(lines))


def first_link(desk: Desk, settings: Settings) -> list[str]:
    """One-time activation of the first administrator while nobody can sign in yet."""
    return []


def demo_logins(desk: Desk) -> list[str]:
    """A login per role of the demo township."""
    return []


@click.command("prepare", help="升级数据库；首次启动时给出管理员激活链接")
@pass_house
def prepare_command(house: House) -> None:
    prepare(house)
