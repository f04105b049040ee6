"""Checks of the records: shape, durability, audit anchors, worker, clock, backups."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from models import Event
from models.access.actor import system
from models.access.session import working
from rules.text import _, note
from services.anchors import FILE, BadAnchor, read_anchors
from services.backup.names import copies_in, moment_of
from services.backup.nightly import last_drill
from services.desk import Desk
from services.doctor.finding import Finding, Level, judge
from services.figures import is_at_head
from services.sweeping import last_beat

FULL = 2


def shape(desk: Desk) -> Finding:
    with working(desk.engine, system("自检")) as session:
        at_head = is_at_head(session)
    return judge("migrations", at_head, _("数据库结构是最新的。"), note(_("数据库结构不是最新的，请重新运行 bin/run 或 bin/lianxin prepare。")))


def durability(desk: Desk) -> Finding:
    if desk.engine.dialect.name != "sqlite":
        return judge("durable", True, _("由 PostgreSQL 保证落盘。"), note(""))
    with working(desk.engine, system("自检")) as session:
        kept = session.scalar(text("PRAGMA synchronous")) == FULL, session.scalar(text("PRAGMA journal_mode")) == "wal"
    return judge("durable", all(kept), _("数据写入即落盘。"), note(_("数据库没有以 WAL/FULL 方式打开，断电可能丢数据。请把数据放在本机磁盘上。")))


def anchored(desk: Desk) -> Finding:
    try:
        last = max((anchor.at for anchor in read_anchors(desk.settings.home)), default="")
    except BadAnchor as bad:
        return judge("anchors", False, "", note(_("锚文件第{line}行被改动过，请立即告知审计管理员。"), line=bad.args[0]))
    fresh = bool(last) and desk.clock() - datetime.fromisoformat(last) <= timedelta(hours=2)
    return judge("anchors", fresh, _("审计锚每小时在写。"), note(_("两小时内没有写审计锚（{file}），请检查后台服务是否在运行。"), file=FILE))


def worker(desk: Desk) -> Finding:
    with working(desk.engine, system("自检")) as session:
        seen = last_beat(session)
    alive = seen is not None and desk.clock() - seen <= timedelta(minutes=5)
    return judge("worker", alive, _("后台服务在运行。"), note(_("后台服务五分钟没有动静，催办和导出不会进行。请重新运行 bin/run。")))


def wall_clock(desk: Desk) -> Finding:
    with working(desk.engine, system("自检")) as session:
        newest = session.scalar(select(func.max(Event.at)))
    sane = newest is None or newest <= desk.clock() + timedelta(minutes=5)
    return judge("clock", sane, _("系统时钟正常。"), note(_("最新的操作记录晚于现在：系统时钟倒退过，请校准时间。")))


def backups(desk: Desk) -> Finding:
    folder = desk.settings.backups
    newest = max(map(moment_of, copies_in(folder)), default=None)
    fresh = newest is not None and desk.clock() - newest <= timedelta(hours=26)
    trouble = note(_("最近一天没有备份（{folder}）。请看后台服务是否在运行、备份盘是否在位，或手动运行 bin/lianxin backup。"), folder=folder)
    return judge("backup", fresh, _("最近一天有备份。"), trouble, level=Level.WARN)


def drilled(desk: Desk) -> Finding:
    with working(desk.engine, system("自检")) as session:
        last = last_drill(session)
    fresh = last is not None and desk.clock() - last <= timedelta(days=40)
    trouble = note(_("一个多月没有通过恢复演练，备份能不能用不知道。请运行 bin/lianxin restore 最近的备份 --check。"))
    return judge("drill", fresh, _("最近一次恢复演练通过。"), trouble, level=Level.WARN)


RECORD_CHECKS = (shape, durability, anchored, worker, wall_clock, backups, drilled)
