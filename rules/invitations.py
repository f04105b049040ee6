"""What became of one invitation in one round: refusals and closed shops are told apart from silence."""

from rules.choices import Choice
from rules.flows import Flow, Move
from rules.text import _


class InvitationState(Choice):
    """EXCLUDED: the phone or person points at the rated cadre himself and nobody has settled it yet."""

    PENDING = "pending", _("待送达")
    INVITED = "invited", _("已邀请")
    ANSWERED = "answered", _("已答")
    REFUSED = "refused", _("拒答")
    CLOSED_SHOP = "closed_shop", _("已停业")
    UNREACHABLE = "unreachable", _("联系不上")
    EXCLUDED = "excluded", _("暂不纳入（自包自评未核清）")


S = InvitationState
OPEN = frozenset({S.PENDING, S.INVITED})
TOLD = frozenset({S.REFUSED, S.CLOSED_SHOP, S.UNREACHABLE})

FLOW = Flow(
    S.PENDING,
    (
        Move("invite", _("送达"), frozenset({S.PENDING, S.UNREACHABLE}), S.INVITED),
        Move("answer", _("作答"), OPEN | TOLD | {S.ANSWERED}, S.ANSWERED),
        Move("refuse", _("记为拒答"), OPEN | {S.UNREACHABLE}, S.REFUSED),
        Move("close_shop", _("记为停业"), OPEN | {S.UNREACHABLE}, S.CLOSED_SHOP),
        Move("miss", _("记为联系不上"), OPEN, S.UNREACHABLE),
        Move("exclude", _("暂不纳入"), OPEN | TOLD, S.EXCLUDED),
        Move("include", _("重新纳入"), frozenset({S.EXCLUDED}), S.PENDING),
        Move("restore", _("撤销标记"), TOLD, S.INVITED),
    ),
)
