"""The monthly round: each step can be undone until the freeze; after it only a new version corrects."""

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.flows import Flow, Move
from rules.text import _


class RoundState(Choice):
    """Ballots come in while OPEN; signals are looked at while CLOSED; figures stand once FROZEN.

    A large round is OPENING while its invitations are written, and WITHDRAWING while they are taken back.
    """

    PLANNED = "planned", _("待开启")
    OPENING = "opening", _("正在开启")
    WITHDRAWING = "withdrawing", _("正在撤回")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已截止")
    CHECKED = "checked", _("已核对")
    FROZEN = "frozen", _("已归档")


S = RoundState
ASKING = frozenset({S.OPENING, S.OPEN})

FLOW = Flow(
    S.PLANNED,
    (
        Move("open", _("开启"), frozenset({S.PLANNED}), S.OPEN),
        Move("begin", _("开始开启"), frozenset({S.PLANNED}), S.OPENING),
        Move("complete", _("完成开启"), frozenset({S.OPENING}), S.OPEN),
        Move("unopen", _("撤回开启"), ASKING, S.PLANNED),
        Move("withdraw", _("撤回开启"), ASKING, S.WITHDRAWING),
        Move("clear", _("完成撤回"), frozenset({S.WITHDRAWING}), S.PLANNED),
        Move("keep", _("不再撤回"), frozenset({S.WITHDRAWING}), S.OPEN),
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
