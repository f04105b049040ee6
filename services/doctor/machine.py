"""Checks of the machine: keys, disk, door, switches."""

import os
import shutil
from pathlib import Path

from rules.text import _, note
from services.desk import Desk
from services.doctor.finding import Finding, Level, judge

SCARCE, LITTLE = 200 * 1024**2, 2 * 1024**3


def keys(desk: Desk) -> Finding:
    path = desk.settings.keys_file
    closed = path.exists() and not path.stat().st_mode & 0o077
    return judge("keys", closed, _("密钥文件仅本人可读。"), note(_("密钥文件{path}可被他人读取，请执行 chmod 600。"), path=path))


def space(desk: Desk) -> Finding:
    free = shutil.disk_usage(desk.settings.home).free
    trouble = note(_("数据盘只剩{free}MB，请清理或扩容，否则无法保存。"), free=free // 1024**2)
    return judge("space", free > LITTLE, _("磁盘空间充足。"), trouble, level=Level.BAD if free < SCARCE else Level.WARN)


def door(desk: Desk) -> Finding:
    return judge(
        "door", not desk.settings.is_exposed, _("只接受本机或 HTTPS 访问。"),
        note(_("正在对外提供未加密的网页，口令会明文经过网络。请配好 HTTPS，并设置 LIANXIN_PUBLIC_URL。")),
    )  # fmt: skip


def debugging(desk: Desk) -> Finding:
    off = not any(os.environ.get(name, "0") not in {"", "0"} for name in ("FLASK_DEBUG", "PYTHONDEVMODE"))
    return judge("debug", off, _("调试开关已关。"), note(_("调试开关打开着，出错时会泄露内部信息。请去掉 FLASK_DEBUG。")))


def time_travel(desk: Desk) -> Finding:
    off = not desk.settings.time_travel or desk.settings.demo
    return judge("time-travel", off, _("不允许指定时刻。"), note(_("允许指定时刻运行定时任务，正式环境请去掉 LIANXIN_TIME_TRAVEL。")))


def way_out(desk: Desk) -> Finding:
    return judge(
        "gateway", desk.gateway is not None, _("已配置短信或群消息通道。"),
        note(_("未配置短信通道（LIANXIN_GATEWAY_URL），催办只能靠纸质、电话和站内消息。")), level=Level.WARN,
    )  # fmt: skip


def private_files(desk: Desk) -> Finding:
    loose = [path.name for path in Path(desk.settings.home).glob("*.db*") if path.stat().st_mode & 0o007]
    trouble = note(_("数据文件{names}可被本机其他用户读取，请执行 chmod o-rwx。"), names="、".join(sorted(loose)))
    return judge("files", not loose, _("数据文件不对其他用户开放。"), trouble, level=Level.WARN)


MACHINE_CHECKS = (keys, private_files, space, door, debugging, time_travel, way_out)
