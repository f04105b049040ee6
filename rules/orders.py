"""督办单: from draft to 销号; a poor reply goes back, and how often is counted (QY-2.3d)."""

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.flows import Flow, Move
from rules.text import _


class OrderState(Choice):
    """RETURNED waits for a better reply; CANCELLED is 销号; VOIDED was issued by mistake."""

    DRAFT = "draft", _("拟稿")
    ISSUED = "issued", _("已下发")
    RECEIVED = "received", _("已签收")
    REPLIED = "replied", _("已答复")
    RETURNED = "returned", _("退回重办")
    VERIFIED = "verified", _("已核实")
    CANCELLED = "cancelled", _("已销号")
    VOIDED = "voided", _("已作废")


S = OrderState
WITH_CADRE = frozenset({S.ISSUED, S.RECEIVED, S.RETURNED})

FLOW = Flow(
    S.DRAFT,
    (
        Move("issue", _("下发"), frozenset({S.DRAFT}), S.ISSUED),
        Move("receive", _("签收"), frozenset({S.ISSUED}), S.RECEIVED),
        Move("reply", _("答复"), WITH_CADRE, S.REPLIED),
        Move("send_back", _("退回重办"), frozenset({S.REPLIED}), S.RETURNED),
        Move("verify", _("核实通过"), frozenset({S.REPLIED}), S.VERIFIED),
        Move("cancel", _("销号"), frozenset({S.VERIFIED}), S.CANCELLED),
        Move("void", _("作废"), WITH_CADRE | {S.DRAFT}, S.VOIDED),
    ),
)


# Steps that leave the state as it is.
ASIDE = {
    "urge": (_("催办"), WITH_CADRE),
    "ask_extension": (_("申请延期"), WITH_CADRE),
    "agree_extension": (_("同意延期"), WITH_CADRE),
    "refuse_extension": (_("不同意延期"), WITH_CADRE),
    "share": (_("指定配合人"), WITH_CADRE | {S.DRAFT}),
    "contribute": (_("报配合情况"), WITH_CADRE),
}


def check_aside(state: OrderState, name: str) -> None:
    """Raises RuleBroken("move-not-allowed") like a move of the flow."""
    label, states = ASIDE[name]
    if state not in states:
        raise RuleBroken("move-not-allowed", _("当前为“{state}”，不能“{move}”。"), state=state.label, move=label)


def numbered(area_id: int, year: int, place: int) -> str:
    """The number of the `place`-th order of a place and year: DB3-2026-0001."""
    return f"DB{area_id}-{year}-{place:04}"


def place_in_line(number: str) -> int:
    """Which one of its place and year it is."""
    return int(number.rsplit("-", 1)[1])
