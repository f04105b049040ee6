"""States of an import and the ways to settle a doubt."""

from rules.choices import Choice
from rules.text import _


class BatchState(Choice):
    DRAFT = "draft", _("待确认")
    DROPPED = "dropped", _("已放弃")
    DONE = "done", _("已导入")
    UNDONE = "undone", _("已撤销")


class Decision(Choice):
    OPEN = "open", _("待定")
    CONFIRMED = "confirmed", _("属实，照此办理")
    CORRECTED = "corrected", _("已更正档案")
    DIFFERENT = "different", _("不是同一人（户）")
    SAME = "same", _("是同一人（户）")
