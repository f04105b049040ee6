"""Channels and states of outgoing messages."""

from rules.choices import Choice
from rules.text import _


class Channel(Choice):
    INBOX = "inbox", _("站内")
    SMS = "sms", _("短信")
    CHAT = "chat", _("工作群")


class NoticeState(Choice):
    WAITING = "waiting", _("待发")
    SENT = "sent", _("已发")
    FAILED = "failed", _("失败")
    DROPPED = "dropped", _("已作废")


MAX_ATTEMPTS = 6


def retry_minutes(attempts: int) -> int:
    """Pause before the next try after `attempts` failures: 1, 2, 4 … 32 minutes."""
    return 1 << min(max(attempts - 1, 0), 5)
