"""From nothing to a house one can sign in to: tables, plans, and the way in for the first person."""

import sys
from pathlib import Path

import click

from models.access.actor import system
from models.access.session import working
from services.alone import alone
from services.anchors import FILE
from services.demo.build import build, is_built
from services.demo.logins import NAME, keep, lines
from services.desk import Desk
from services.first_administrator import first_administrator
from services.hashing import hash_password
from tasks.commands.house import House, furnish, pass_house
from tasks.supervisor import SETUP_FAILED


def prepare(house: House) -> None:
    """Migrate, load the plans, build the demo township on its first start, print how to sign in."""
    try:
        with alone(house.settings.home / "first-start.lock"):
            if house.settings.demo:
                clear_half_built(house.settings.home)
            with house.opened() as desk:
                furnish(desk)
                said = demo_logins(desk) if house.settings.demo else first_link(desk)
    except click.ClickException as refusal:
        refusal.show()
        sys.exit(SETUP_FAILED)
    if said:
        click.echo("\n".join(said))


def clear_half_built(home: Path) -> None:
    """A demonstration whose building was cut short has no logins yet: begin again from nothing."""
    if not (home / NAME).exists():
        for path in (*home.glob("*.db*"), home / FILE):
            path.unlink(missing_ok=True)


def first_link(desk: Desk) -> list[str]:
    """The first administrator's activation, a fresh one at each start until somebody has used one."""
    with working(desk.engine, system("首次启动")) as session:
        slip = first_administrator(session, township=desk.settings.township, now=desk.clock())
        session.commit()
    if slip is None:
        return []
    link = f"{desk.settings.public_url}{slip.path}"
    return ["还没有人能登录。请安全管理员本人打开下面的一次性链接，设置密码：", link]


def demo_logins(desk: Desk) -> list[str]:
    """A login per role of the demo township, which is built on its first start."""
    home = desk.settings.home
    with working(desk.engine, system("演示")) as session:
        built = is_built(session)
    if not built:
        click.echo("正在搭建演示乡镇（半年的测评往来），请稍候……")
        keep(home, build(desk.engine, hash_password, desk.clock()))
    return ["演示乡镇的登录名和密码（每次搭建都不同，只在本机有效）：", *lines(home)]


@click.command("prepare", help="升级数据库；首次启动时给出管理员激活链接")
@pass_house
def prepare_command(house: House) -> None:
    prepare(house)
