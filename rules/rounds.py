"""The monthly round: each step can be undone until the freeze; after it only a new version corrects."""

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.flows import Flow, Move
from rules.text import _


class RoundState(Choice):
    """Ballots come in while OPEN; signals are looked at while CLOSED; figures stand once FROZEN."""

    PLANNED = "planned", _("待开启")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已截止")
    CHECKED = "checked", _("已核对")
    FROZEN = "frozen", _("已归档")


S = RoundState

FLOW = Flow(
    S.PLANNED,
    (
        Move("open", _("开启"), frozenset({S.PLANNED}), S.OPEN),
        Move("unopen", _("撤回开启"), frozenset({S.OPEN}), S.PLANNED),
        Move("close", _("截止"), frozenset({S.OPEN}), S.CLOSED),
        Move("reopen", _("重新开启"), frozenset({S.CLOSED}), S.OPEN),
        Move("check", _("核对完成"), frozenset({S.CLOSED}), S.CHECKED),
        Move("uncheck", _("退回核对"), frozenset({S.CHECKED}), S.CLOSED),
        Move("freeze", _("归档"), frozenset({S.CHECKED}), S.FROZEN),
    ),
)


def check_unopen(answers: int) -> None:
    """A round that somebody has answered is not taken back; raises RuleBroken("round-has-answers")."""
    if answers:
        raise RuleBroken(
            "round-has-answers", _("已收到{n}份评价，不能撤回开启；如需停止，请办理截止。"), n=answers
        )
