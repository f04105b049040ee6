"""Ways to reach an enterprise, and the one that keeps the rated person's hands off the answer.

An invitation never goes to a phone that belongs to the rated person or to his unit (clauses.md §4:
self-rating must be refused until resolved).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from rules.choices import Choice
from rules.text import Note, _, note

COUNTRY = re.compile(r"^(?:\+|00)86|\+")
NOT_DIALLED = re.compile(r"[^\d+]")
SHORTEST, LONGEST = 7, 15


class Channel(Choice):
    """How an invitation goes out or an answer comes in."""

    PLATE = "plate", _("墙上二维码牌")
    SLIP = "slip", _("纸质评价单")
    SMS = "sms", _("短信")
    CHAT = "chat", _("工作群或公众号")
    CALL = "call", _("电话代录")
    PAPER = "paper", _("纸质代录")


BY_PHONE = frozenset({Channel.SMS, Channel.CALL})


@dataclass(frozen=True)
class Reach:
    """What is known about reaching one enterprise; `forbidden`: phones of the rated person and his unit."""

    phones: tuple[str, ...] = ()
    forbidden: frozenset[str] = frozenset()
    has_plate: bool = False
    has_chat: bool = False


@dataclass(frozen=True)
class Choosing:
    """The channel (None: nothing works), the phone it uses, and why others were passed over."""

    channel: Channel | None
    phone: str | None
    reasons: tuple[Note, ...]


def plain_phone(text: str) -> str:
    """One form for all spellings of a number; a hash that stands for a phone stays as it is.

    Two equal texts stay equal, so a forbidden phone can't be missed, hashed or not.
    """
    digits = COUNTRY.sub("", NOT_DIALLED.sub("", text))
    return digits if SHORTEST <= len(digits) <= LONGEST else text.strip()


def is_forbidden(phone: str, forbidden: Collection[str]) -> bool:
    """Whether this phone belongs to the rated person or his unit."""
    return plain_phone(phone) in {plain_phone(one) for one in forbidden}


def choose_channel(reach: Reach, channels: tuple[Channel, ...]) -> Choosing:
    """The first of `channels`, in the order of the plan, that reaches the enterprise safely."""
    phone = _safe_phone(reach)
    reasons: list[Note] = []
    for channel in channels:
        hindrance = _hindrance(channel, reach, phone)
        if hindrance is None:
            chosen = note(_("采用{channel}"), channel=channel.label)
            return Choosing(channel, phone if channel in BY_PHONE else None, (*reasons, chosen))
        if hindrance not in reasons:
            reasons.append(hindrance)
    return Choosing(None, None, (*reasons, note(_("没有可用的送达方式，请派人送纸质评价单"))))


def _safe_phone(reach: Reach) -> str | None:
    phones = (phone for phone in reach.phones if plain_phone(phone))
    return next((phone for phone in phones if not is_forbidden(phone, reach.forbidden)), None)


def _hindrance(channel: Channel, reach: Reach, phone: str | None) -> Note | None:
    if channel in BY_PHONE and phone is None:
        if any(plain_phone(one) for one in reach.phones):
            return note(_("所留电话属于被测评干部或其单位，不向该号码发送"))
        return note(_("没有登记电话"))
    if channel is Channel.PLATE and not reach.has_plate:
        return note(_("还没有挂墙牌"))
    if channel is Channel.CHAT and not reach.has_chat:
        return note(_("没有加入工作群或公众号"))
    return None
