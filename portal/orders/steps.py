"""The steps of an order: their buttons, their verbs, and which of them a reader is offered."""

from collections.abc import Sequence
from typing import Any

from flask import g

from models import Order, Share, db
from portal.frame.buttons import Button
from rules.orders import ASIDE, FLOW
from rules.text import _
from services.followup import extending
from services.followup import orders as verbs
from services.followup.sharing import contribute
from services.followup.urging import urge
from services.verbs import may

BUTTONS = {
    "issue": Button("issue", _("签发"), (("feedback", _("反馈意见"), _("写给干部看的改进意见，不写是哪家企业评的")), ("request", _("督办要求"), _("要做什么、做到什么程度"))), "primary"),
    "receive": Button("receive", _("签收"), tone="primary"),
    "reply": Button("reply", _("答复"), (("text", _("办理情况"), _("采取了哪些措施、结果怎样，不少于10个字")),), "primary"),
    "verify": Button("verify", _("核实通过"), (("remark", _("核实意见"), _("怎样核实的，结果怎样")),), "primary"),
    "send_back": Button("send_back", _("退回重办"), (("remark", _("退回理由"), _("哪里不够，还要做什么")),)),
    "contribute": Button("contribute", _("报配合情况"), (("did", _("配合情况"), _("您做了什么、结果怎样，不少于10个字；责任人答复以前可以改")),), "primary"),
    "urge": Button("urge", _("催办")),
    "ask_extension": Button("ask_extension", _("申请延期"), (("amount", _("延长多少"), _("单位与本单期限相同，例如工作日；不超过方案文件定的最多")), ("reason", _("理由"), _("为什么到期办不完，什么时候能办完"))), numbers=("amount",)),
    "agree_extension": Button("agree_extension", _("同意延期"), (("remark", _("审批意见"), _("为什么同意")),)),
    "refuse_extension": Button("refuse_extension", _("不同意延期"), (("remark", _("审批意见"), _("为什么不同意，要怎样办")),)),
    "cancel": Button("cancel", _("销号"), tone="primary"),
    "void": Button("void", _("作废"), (("remark", _("作废理由"), _("为什么作废")),), question=_("作废后不能恢复，确定吗？")),
}  # fmt: skip
VERBS: dict[str, Any] = {
    "issue": verbs.issue, "receive": verbs.receive, "reply": verbs.reply, "verify": verbs.verify,
    "send_back": verbs.send_back, "cancel": verbs.cancel, "void": verbs.void, "urge": urge, "contribute": contribute,
    "ask_extension": extending.ask_extension, "agree_extension": extending.agree_extension, "refuse_extension": extending.refuse_extension,
}  # fmt: skip
OF_PERSON = frozenset({"receive", "reply", "ask_extension"})
DECIDING = frozenset({"agree_extension", "refuse_extension"})


def is_own(order: Order) -> bool:
    return g.actor.cadre_id is not None and g.actor.cadre_id == order.cadre_id


def shares_it(order: Order, shares: Sequence[Share]) -> bool:
    return g.actor.cadre_id is not None and g.actor.cadre_id in {one.cadre_id for one in shares}


def offered(order: Order, shares: Sequence[Share] = ()) -> list[Button]:
    """Steps that the order's state, the reader's role and his part in it allow."""
    moves = {move.name for move in FLOW.allowed(order.state)} | {name for name, (_label, states) in ASIDE.items() if order.state in states}
    moves -= {"ask_extension"} if extending.pending(db.session, order) else DECIDING
    allowed = {name for name in moves if may(g.actor, f"order.{name}")}
    if shares_it(order, shares):
        return [BUTTONS[name] for name in ("contribute",) if name in allowed]  # he has his part and judges nothing
    allowed -= {"contribute", "share"}
    return [BUTTONS[name] for name in BUTTONS if name in allowed and (name in OF_PERSON) == is_own(order)]
