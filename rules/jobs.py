"""States of long work."""

from rules.choices import Choice
from rules.text import _


class JobState(Choice):
    WAITING = "waiting", _("排队")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


MAX_ATTEMPTS = 5
LEASE_MINUTES = 2
SWEEP_LEASE_MINUTES = 10
