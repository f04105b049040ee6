"""backup, restore: a copy of everything, the drill that proves it, and the way back."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from rules.errors import RuleBroken
from rules.periods import Hourly
from rules.text import _
from services.anchors import write_anchor
from services.backup import Made, check_copy, make_backup, restore
from services.backup.envelope import is_sealed
from services.backup.names import drop_old, parse_keep
from services.desk import Desk
from services.schema import head, revision_of
from settings import Settings
from tasks.base import bare_app
from tasks.commands.house import House, as_json_option, pass_house, tell
from tasks.desk import clock, desk_of

KEYS_APART = (
    "注意：备份里没有密钥。请把 {keys} 另抄一份放到别处（U盘锁进柜子），没有它，备份打不开。\n"
    "      也可以设置 LIANXIN_BACKUP_PASSPHRASE，整份备份就用口令加密并带上密钥。"
)
KEYS_INSIDE = "备份已用口令加密，密钥在里面。口令要另外记好：忘了口令，备份打不开。"


def refusing(command: Callable[..., Any]) -> Callable[..., Any]:
    """A refusal ends the command with its sentence and 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except RuleBroken as refusal:
            raise click.ClickException(str(refusal)) from refusal

    return run


def progress(as_json: bool) -> Callable[[str], None]:
    """Lines for the person who waits; a program that reads JSON gets none."""
    return lambda line: None if as_json else click.echo(line, err=True)


def new_passphrase(settings: Settings, ask: bool) -> str:
    """Typed twice when asked for, else the setting."""
    return str(click.prompt("备份口令", hide_input=True, confirmation_prompt=True)) if ask else settings.backup_passphrase


def known_passphrase(settings: Settings, file: Path) -> str:
    """The setting, else typed when the copy needs one and somebody is there."""
    needed = not settings.backup_passphrase and file.is_file() and is_sealed(file) and sys.stdin.isatty()
    return str(click.prompt("备份口令", hide_input=True)) if needed else settings.backup_passphrase


@click.command("backup", help="把整套数据备份成一个文件，不用停机；PATH 是文件夹或文件名")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--keep", help="同时删去文件夹里早于这个天数的旧备份，例如 35d（最近三份总会留下）")
@click.option("--ask", is_flag=True, help="提示输入备份口令（也可用环境变量 LIANXIN_BACKUP_PASSPHRASE）")
@as_json_option
@pass_house
@refusing
def backup_command(house: House, path: Path, keep: str | None, ask: bool, as_json: bool) -> None:
    days = parse_keep(keep) if keep else None
    check_shape(house.settings)
    with bare_app(house.settings).app_context():
        desk = desk_of(house.settings)
        made = make_backup(desk, path.absolute(), passphrase=new_passphrase(house.settings, ask), say=progress(as_json))
        gone = drop_old(made.path.parent, desk.clock(), days) if days else []
    report = {"path": str(made.path), "size": made.size, "sealed": made.sealed, "rows": made.manifest.rows,
              "missing": made.manifest.missing, "dropped": [old.name for old in gone]}  # fmt: skip
    tell(report, as_json=as_json, lines=lines_of(made, house.settings, len(gone)))


def check_shape(settings: Settings) -> None:
    """A copy is made by the program that wrote the data; raises RuleBroken."""
    if settings.keys_file.exists() and revision_of(settings.database_url) == head():
        return
    raise RuleBroken(
        "backup-shape",
        _("没有可备份的数据，或数据库结构与程序不一致。请先启动一次 bin/run；升级前的备份请用原来的程序来做。"),
    )


def lines_of(made: Made, settings: Settings, dropped: int) -> list[str]:
    """What the operator must know, the keys above all."""
    rows = sum(made.manifest.rows.values())
    said = [f"备份已做好：{made.path}（{made.size / 1024**2:.1f} MB，{rows} 行数据）"]
    said += [f"注意：有 {len(made.manifest.missing)} 个附件在磁盘上找不到。"] if made.manifest.missing else []
    said += [f"已删去 {dropped} 份过期的旧备份。"] if dropped else []
    return [*said, KEYS_INSIDE if made.sealed else KEYS_APART.format(keys=settings.keys_file)]


@click.command("restore", help="从备份恢复；加 --check 只演练核对，什么都不改")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="在临时文件夹里真的恢复一遍，核对后丢弃")
@click.option("--replace", is_flag=True, help="这里已有数据也要恢复；现有数据另存，不删除")
@click.option("--keys", type=click.Path(path_type=Path), help="另行保存的 keys.json（备份里没有密钥时）")
@as_json_option
@pass_house
@refusing
def restore_command(
    house: House, file: Path, check: bool, replace: bool, keys: Path | None, as_json: bool
) -> None:
    asked, say = house.settings, progress(as_json)
    passphrase = known_passphrase(asked, file)
    os.umask(0o077)
    if check:
        copy, proof = check_copy(asked, file, passphrase=passphrase, keys=keys, say=say)
        aside, at, said = "", copy.manifest.at, "演练通过，这份备份能恢复："
    else:
        done = restore(asked, file, clock(), passphrase=passphrase, keys=keys, replace=replace, say=say)
        proof, aside, at, said = done.proof, done.aside, done.at, "已恢复："
        with bare_app(asked).app_context():
            finish(desk_of(asked))
    report = {"at": at, "rows": proof.rows, "events": proof.events, "anchors": proof.anchors, "opened": proof.opened,
              "files": proof.files, "missing": proof.missing, "aside": aside}  # fmt: skip
    lines = [f"{said}{proof.sentence}", f"备份时间：{at}（UTC）"]
    lines += [f"原来的数据另存在：{aside}，确认无误后可以删除。"] if aside else []
    lines += [] if check else ["所有人都要重新登录。备份之后撤销的授权、停用的账号，请安全管理员再核对一遍。"]
    tell(report, as_json=as_json, lines=lines)


def finish(desk: Desk) -> None:
    """An anchor at every restore, so that the witness outside knows of it."""
    write_anchor(desk, Hourly().current(desk.clock()))
