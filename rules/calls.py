"""Attempts to reach a pick on the phone, and what follows from them (SJ-3.2 电话调查; QY-2.3c).

So many attempts without an answer, so far apart that nobody is passed over in a minute, a wrong number or a closed shop:
the next in the fixed order takes the place. Who refuses is not replaced unless the sheet says so: he counts as no response.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.text import _


class Outcome(Choice):
    """How one attempt went."""

    CONNECTED = "connected", _("接通")
    NO_ANSWER = "no_answer", _("无人接听")
    WRONG_NUMBER = "wrong_number", _("空号、错号")
    REFUSED = "refused", _("拒绝回答")
    CLOSED = "closed", _("已停业")


class Follow(Choice):
    """What comes after the attempts so far."""

    ASK = "ask", _("填写回答")
    AGAIN = "again", _("过一会儿再打")
    REPLACE = "replace", _("由下一户替换")
    STOP = "stop", _("计为未应答")


@dataclass(frozen=True)
class Patience:
    """How often nobody may answer, how many minutes lie between two attempts, and whether the next takes the place of who refuses."""

    tries: int = 3
    apart: int = 30
    replace_refusal: bool = False

    def rested(self, last: datetime | None, now: datetime) -> bool:
        return last is None or now - last >= timedelta(minutes=self.apart)


def follow(outcomes: Sequence[Outcome], patience: Patience) -> Follow:
    """What the attempts, oldest first, lead to."""
    if not outcomes:
        return Follow.AGAIN
    last = outcomes[-1]
    if last in {Outcome.WRONG_NUMBER, Outcome.CLOSED} or outcomes.count(Outcome.NO_ANSWER) >= patience.tries:
        return Follow.REPLACE
    refused = Follow.REPLACE if patience.replace_refusal else Follow.STOP
    return {Outcome.CONNECTED: Follow.ASK, Outcome.REFUSED: refused}.get(last, Follow.AGAIN)


def check_attempt(outcomes: Sequence[Outcome], last: datetime | None, now: datetime, patience: Patience) -> None:
    """Whether another attempt may be written down; raises RuleBroken("call-over") or ("call-soon")."""
    if outcomes and follow(outcomes, patience) is not Follow.AGAIN:
        raise RuleBroken("call-over", _("这一户已记为“{outcome}”，不能再记拨打；如果是在另一个页面记的，请刷新。"), outcome=outcomes[-1].label)
    if not patience.rested(last, now):
        raise RuleBroken("call-soon", _("离上次拨打不到{n}分钟，请先打下一户，过一会儿再打。"), n=patience.apart)


def why_replaced(outcomes: Sequence[Outcome]) -> str:
    """The reason that stands beside a replacement."""
    if outcomes[-1] is Outcome.NO_ANSWER:
        return _("{n}次无人接听").format(n=outcomes.count(Outcome.NO_ANSWER))
    return outcomes[-1].label
