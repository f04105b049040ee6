"""draw verify: was a published draw made as it says? No database, no settings: only the file."""

import json
import sys
from pathlib import Path

import click

from rules.draw_proof import differences
from rules.errors import RuleBroken
from tasks.commands.house import as_json_option, tell


@click.group(help="抽样：核验公布的抽样证明")
def draw() -> None:
    pass


@draw.command(help="只凭公布的文件把抽样重算一遍；有不符时返回 1")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json_option
def verify(file: Path, as_json: bool) -> None:
    try:
        published = json.loads(file.read_text("utf-8"))
        wrong = differences(published)
    except (RecursionError, ValueError) as fault:
        raise click.ClickException("文件读不出来，请使用抽样公布时下载的 JSON 文件。") from fault
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from refusal
    lines = [f"✗ {label}与重算的结果不符" for label in wrong] or ["✓ 名单指纹、承诺值、种子、次序和抽中的对象都与重算的结果一致"]
    lines += [f"请与掷骰子前公布的对照：名单指纹 {published.get('frame_hash')}，承诺值 {published.get('commitment')}"]
    tell({"good": not wrong, "differs": wrong}, as_json=as_json, lines=lines)
    sys.exit(1 if wrong else 0)
