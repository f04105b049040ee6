"""States of one import into a ledger, and how much is done while the person waits."""

from rules.choices import Choice
from rules.text import _

AT_ONCE = 300  # rows tried and written while the person waits; more becomes a job
A_STEP = 100  # rows written at once by the job


class IntakeState(Choice):
    DRAFT = "draft", _("待确认")
    RUNNING = "running", _("正在写入")
    DONE = "done", _("已导入")
    FAILED = "failed", _("没有写完")
    DROPPED = "dropped", _("已放弃")
    UNDONE = "undone", _("已撤销")


class Verdict(Choice):
    """What a row of the sheet would do."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("更新")
    SAME = "same", _("没有变化")
    WRONG = "wrong", _("有错")
