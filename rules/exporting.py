"""Taking a list out of the house as a file: how much at once, why, for how long (trust G32, G37, G38)."""

from datetime import timedelta

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.text import _

ON_PAPER = 2_000  # rows a print view takes; more is for a file
AT_ONCE = 5_000  # rows written while the person waits; more becomes a job
KEPT = timedelta(days=7)
SHORTEST_REASON = 4
WATCHED, MOST_PERSONAL = timedelta(hours=1), 200
PERSONAL = frozenset({"phone", "id_number", "name"})  # masks of columns that tell of persons


class ExportState(Choice):
    WAITING = "waiting", _("正在生成")
    READY = "ready", _("已生成")
    REFUSED = "refused", _("未生成")
    EXPIRED = "expired", _("文件已清理")


def check_reason(reason: str) -> None:
    """Full phones leave only with a stated purpose; raises RuleBroken("reason-missing")."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleBroken("reason-missing", _("导出完整电话要写明用途，至少 {n} 个字，例如“逐户通知防汛转移”。"), n=SHORTEST_REASON)
