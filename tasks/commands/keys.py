"""keys rotate: a new master key, after somebody left who knew the old one."""

import click

from services.key_rotation import rotate
from tasks.commands.house import House, as_json_option, pass_house, tell
from tasks.commands.keeping import progress, refusing
from tasks.desk import clock


@click.group(help="密钥：更换主密钥")
def keys() -> None:
    pass


@keys.command("rotate", help="换一把新的主密钥，并把电话等加密内容重新加密；先停掉 bin/run")
@as_json_option
@pass_house
@refusing
def rotate_command(house: House, as_json: bool) -> None:
    with house.opened():
        done = rotate(house.settings, clock(), progress(as_json))
    said = "上次没有换完，已接着换完" if done.resumed else "已换上新密钥"
    lines = [
        f"{said}（{done.key}），重新加密 {done.texts} 处。",
        f"密钥文件变了：请把 {house.settings.keys_file} 重新另抄一份，与备份分开放；旧的那份也留着，旧备份要用。",
    ]
    tell({"key": done.key, "texts": done.texts, "resumed": done.resumed}, as_json=as_json, lines=lines)
