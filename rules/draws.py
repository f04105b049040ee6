"""抽查: a draw from the frozen list over the published commitment to the people drawn; what becomes of each of them.

Basis: QY-2.3c, SJ-3.2, HJ-3.1, CK-4.3b, SPX-5.2. Until it is closed only the discipline office and whoever draws know of it.
"""

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.flows import Flow, Move
from rules.text import _


class DrawState(Choice):
    """FROZEN: the list stands; COMMITTED: the server value is promised; DRAWN: the dice have fallen."""

    FROZEN = "frozen", _("已固定名单")
    COMMITTED = "committed", _("已公布承诺值")
    DRAWN = "drawn", _("核查中")
    CLOSED = "closed", _("已结束")
    VOIDED = "voided", _("已作废")


class DrawMethod(Choice):
    """How those drawn are checked (SJ-3.2: 随机抽查、电话调查、专项督查; CK-4.3b: 暗访)."""

    RANDOM = "random", _("随机抽查")
    PHONE = "phone", _("电话调查")
    SPECIAL = "special", _("专项督查")
    UNANNOUNCED = "unannounced", _("暗访")


class FrameKind(Choice):
    """What the list is made of."""

    BALLOTS = "ballots", _("一轮测评收回的答卷")
    CLIENTS = "clients", _("在册企业")


class PickState(Choice):
    """UNREACHABLE: nobody was left in its stratum to replace it."""

    WAITING = "waiting", _("待核查")
    DONE = "done", _("已核查")
    REPLACED = "replaced", _("已替换")
    UNREACHABLE = "unreachable", _("未能核查")


S = DrawState
RUNNING = frozenset({S.FROZEN, S.COMMITTED, S.DRAWN})

FLOW = Flow(
    S.FROZEN,
    (
        Move("commit", _("公布承诺值"), frozenset({S.FROZEN}), S.COMMITTED),
        Move("reveal", _("抽取"), frozenset({S.COMMITTED}), S.DRAWN),
        Move("close", _("结束抽查"), frozenset({S.DRAWN}), S.CLOSED),
        Move("void", _("作废"), RUNNING, S.VOIDED),
    ),
)


def numbered(area_id: int, year: int, place: int) -> str:
    """The number of the `place`-th draw of a place and year: CJ3-2026-0001."""
    return f"CJ{area_id}-{year}-{place:04}"


def check_reason(reason: str) -> str:
    """The reason, trimmed; raises RuleBroken("reason-missing")."""
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请写明原因；原因会一直留在抽样记录里。"))
    return reason.strip()[:500]


def check_settled(waiting: int) -> None:
    """A draw ends when everybody drawn was seen to; raises RuleBroken("picks-waiting")."""
    if waiting:
        raise RuleBroken("picks-waiting", _("还有{n}个对象没有核查完，不能结束；联系不上的请先替换。"), n=waiting)
