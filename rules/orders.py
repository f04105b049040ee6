"""督办单: from draft to 销号; a poor reply goes back, and how often is counted (QY-2.3d)."""

from rules.choices import Choice
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


def numbered(area_id: int, year: int, place: int) -> str:
    """The number of the `place`-th order of a place and year: DB3-2026-0001."""
    return f"DB{area_id}-{year}-{place:04}"


def place_in_line(number: str) -> int:
    """Which one of its place and year it is."""
    return int(number.rsplit("-", 1)[1])
