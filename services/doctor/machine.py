"""Checks of the machine: what keeps the house shut, disk, lines, switches."""

import shutil
from pathlib import Path

from rules.text import _, note
from services.desk import Desk
from services.doctor.finding import Finding, Level, judge
from services.starting import HALF, TWELVE
from settings import Settings

SCARCE, LITTLE = 200 * 1024**2, 2 * 1024**3


def may_open(settings: Settings) -> list[Finding]:
    """The twelve reasons for which the house doesn't open, and the half restore, in the same words as at the start."""
    asked = [(refusal, refusal.asks(settings)) for refusal in (HALF, *TWELVE)]
    return [judge(refusal.check, reason is None, refusal.fine, reason or note("")) for refusal, reason in asked]


def space(desk: Desk) -> Finding:
    free = shutil.disk_usage(desk.settings.home).free
    trouble = note(_("数据盘只剩{free}MB，请清理或扩容，否则无法保存。"), free=free // 1024**2)
    return judge("space", free > LITTLE, _("磁盘空间充足。"), trouble, level=Level.BAD if free < SCARCE else Level.WARN)


def open_lines(desk: Desk) -> Finding:
    return judge(
        "plain-http", not desk.settings.is_exposed, _("网页不以明文对外。"),
        note(_("已用 LIANXIN_INSECURE_HTTP 放行明文网页，口令会明文经过网络，只可在可信内网试用。")), level=Level.WARN,
    )  # fmt: skip


def set_clock(desk: Desk) -> Finding:
    off = not desk.settings.time_travel or desk.settings.demo
    trouble = note(_("允许指定时刻运行定时任务，正式环境请去掉 LIANXIN_TIME_TRAVEL。"))
    return judge("set-clock", off, _("时刻只由系统时钟定。"), trouble, level=Level.WARN)


def way_out(desk: Desk) -> Finding:
    return judge(
        "gateway", desk.gateway is not None, _("已配置短信或群消息通道。"),
        note(_("未配置短信通道（LIANXIN_GATEWAY_URL），催办只能靠纸质、电话和站内消息。")), level=Level.WARN,
    )  # fmt: skip


def private_files(desk: Desk) -> Finding:
    loose = [path.name for path in Path(desk.settings.home).glob("*.db*") if path.stat().st_mode & 0o007]
    trouble = note(_("数据文件{names}可被本机其他用户读取，请执行 chmod o-rwx。"), names="、".join(sorted(loose)))
    return judge("files", not loose, _("数据文件不对其他用户开放。"), trouble, level=Level.WARN)


MACHINE_CHECKS = (private_files, space, open_lines, set_clock, way_out)
