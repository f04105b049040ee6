"""Where an order comes from, and what its draft by hand must say (ZF-3.3, JF-3.4d, SGD-4.4a, HJ-3.3c).

The columns of an order are those of the paper: 编号、来源、督办事项、责任单位（人）、要求、期限、签发人、反馈、延期、销号日期 (clauses.md §4).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.text import _

FARTHEST = timedelta(days=366)
LEAST = 4  # letters of a matter and of a request


class OrderSource(Choice):
    """What made the order necessary."""

    RATING = "rating", _("测评结果")
    SPOT_CHECK = "spot_check", _("抽查发现")
    CHECK = "check", _("检查、暗访发现")
    INSPECTION = "inspection", _("督查发现")
    OVERDUE = "overdue", _("逾期未办结")
    INSTRUCTION = "instruction", _("领导批示")
    REPORT = "report", _("群众反映")
    OTHER = "other", _("其他")


BY_HAND = (OrderSource.INSPECTION, OrderSource.OVERDUE, OrderSource.INSTRUCTION, OrderSource.REPORT, OrderSource.OTHER)


@dataclass(frozen=True)
class ByHand:
    """What somebody wrote; `clock`: a clock rule of the plan, or `due_on`: the last day, one of the two."""

    source: OrderSource
    matter: str
    facts: str
    request: str
    basis: str
    clock: str = ""
    due_on: date | None = None


def check_by_hand(ask: ByHand, today: date) -> ByHand:
    """The same, trimmed.

    Raises RuleBroken("source-odd", "matter-missing", "facts-missing", "request-missing", "basis-missing", "due-missing", "due-odd").
    """
    if ask.source not in BY_HAND:
        raise RuleBroken("source-odd", _("“{source}”的督办单由系统按结果拟稿，不能手工写。"), source=ask.source.label)
    texts = {
        "matter": (ask.matter, _("请写明督办事项（不少于4个字）。")), "facts": (ask.facts, _("请写明发现的情况（不少于4个字）。")),
        "request": (ask.request, _("请写明督办要求：要做什么、做到什么程度。")), "basis": (ask.basis, _("请写明依据：哪份文件、哪一条，或哪次批示。")),
    }  # fmt: skip
    for name, (text, missing) in texts.items():
        if len(text.strip()) < LEAST:
            raise RuleBroken(f"{name}-missing", missing)
    if bool(ask.clock) == bool(ask.due_on):
        raise RuleBroken("due-missing", _("期限请选一种：按方案规定的期限，或者自定一天。"))
    check_due(ask.due_on, today)
    words = {name: text.strip() for name, (text, _missing) in texts.items()}
    return ByHand(ask.source, words["matter"], words["facts"], words["request"], words["basis"], ask.clock, ask.due_on)


def check_due(due_on: date | None, today: date) -> None:
    """A day given by hand lies ahead and within a year; raises RuleBroken("due-odd")."""
    if due_on is not None and not today < due_on <= today + FARTHEST:
        raise RuleBroken("due-odd", _("自定的期限（{day}）要在明天以后、一年以内。"), day=due_on)
