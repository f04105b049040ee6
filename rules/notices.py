"""Channels and states of outgoing messages, when a phone may ring, and what may never leave the house."""

import re
from datetime import datetime, time

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.localtime import local
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
    NO_CHANNEL = "no_channel", _("无渠道")


class Topic(Choice):
    """What a line in the inbox is about, told by what its key begins with."""

    DUTY = "duty", _("待办")
    REMINDER = "reminder", _("提醒")
    SYSTEM = "system", _("系统")


BEGINNINGS = {Topic.DUTY: ("orders:", "sanctions:", "boards:"), Topic.REMINDER: ("due:",)}  # whatever else there is comes from the house
OUTSIDE = frozenset({Channel.SMS, Channel.CHAT})
MAX_ATTEMPTS = 6
LEASE_MINUTES = 2
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(7, 30)
PRIVATE = re.compile(r"(?<!\d)(1\d{10}|\d{17}[\dXx])(?!\d)")


def retry_minutes(attempts: int) -> int:
    """Pause before the next try after `attempts` failures: 1, 2, 4 … 32 minutes."""
    return 1 << min(max(attempts - 1, 0), 5)


def is_quiet(moment: datetime) -> bool:
    """Whether no phone should ring at that instant: from 21:00 until before 7:30 in the township."""
    clock = local(moment).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def check_outside_text(*texts: str, private: tuple[str, ...] = ()) -> None:
    """Refuse a mobile or ID number, or one of the words in `private` (raters' names), in what leaves the house.

    Raises RuleBroken("private-text").
    """
    whole = "\n".join(texts)
    if PRIVATE.search(whole) or any(word and word in whole for word in private):
        raise RuleBroken(
            "private-text", _("短信和群消息不能带手机号、身份证号或评价人姓名，请改用只含链接的说法。")
        )
