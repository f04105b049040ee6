"""The steps of an entry as buttons: which the state, the reader's role and his part in it allow."""

from typing import Any

from flask import g

from models import BoardEntry, Publication
from portal.edge.clock import now
from portal.frame.buttons import Button
from rules.boards import FLOW, READY, BoardState
from rules.localtime import local_day
from rules.publications import PublicationState
from rules.text import _
from services.boards import agreeing, contesting, deciding, ending, publishing
from services.verbs import may

S = BoardState
REASON = (_("理由"), _("写明事实和考虑；当事人能看到"))
WORDS = ("words", _("公布的文字"), _("对外就显示这些；不写姓名、电话、编号"))
CONSENT = ("consent", _("本人怎样同意的"), _("什么时候、当面还是电话；没有同意不能对外公布"))
ASK = Button("ask", _("提出公布"), (WORDS,), "primary")
ASK_WITH_CONSENT = Button("ask", _("提出公布"), (WORDS, CONSENT), "primary")
BUTTONS = {
    "confirm": Button("confirm", _("确认"), (("reason", *REASON),), "primary"),
    "dismiss": Button("dismiss", _("不予采纳"), (("reason", *REASON),)),
    "tell": Button("tell", _("告知当事人"), (("how", _("怎样告知的"), _("谁、什么时候、当面还是电话；从今天起算异议期限")),), "primary"),
    "object": Button("object", _("提出异议"), (("text", _("异议"), _("哪里不符合事实")),)),
    "uphold": Button("uphold", _("异议不成立"), (("answer", _("答复"), _("核查情况和理由")),), "primary"),
    "ask": ASK,
    "agree": Button("agree", _("同意公布"), (), "primary", _("公布的文字您都看过了吗？同意后马上上榜。")),
    "refuse": Button("refuse", _("不同意公布"), (("why", _("理由"), _("哪里要改")),)),
    "withdraw": Button("withdraw", _("撤下"), (("why", _("理由"), _("异议成立、已经改好、事实有误……")),)),
}  # fmt: skip
VERBS: dict[str, Any] = {
    "confirm": deciding.confirm, "dismiss": deciding.dismiss, "tell": deciding.tell, "object": contesting.object_, "uphold": contesting.uphold,
    "ask": publishing.ask, "agree": agreeing.agree, "refuse": agreeing.refuse, "withdraw": ending.withdraw,
}  # fmt: skip
NAMED = {"ask": "publication.ask", "agree": "publication.agree", "refuse": "publication.refuse"}


def is_own(row: BoardEntry) -> bool:
    return g.actor.cadre_id is not None and g.actor.cadre_id == row.cadre_id


def offered(row: BoardEntry, asked: Publication | None, consent: bool) -> list[Button]:
    """In the order of their use; the person himself may only object."""
    names = {move.name for move in FLOW.allowed(row.state)} - _mine(row, asked)
    if "publish" in names:
        names |= _of_publication(row, asked)
    if not in_days(row):
        names -= {"object"}
    if is_own(row):
        names &= {"object"}
    found = [name for name in BUTTONS if name in names and may(g.actor, NAMED.get(name, f"board.{name}"))]
    return [ASK_WITH_CONSENT if name == "ask" and consent else BUTTONS[name] for name in found]


def _mine(row: BoardEntry, asked: Publication | None) -> set[str]:
    """Steps that need somebody else, because the reader took the one before; the verb also knows him under another account."""
    me, taken = g.actor.account_id, set[str]()
    if row.proposed_by_id == me:
        taken |= {"confirm", "dismiss"}
    if row.decided_by_id == me:
        taken |= {"uphold"}
    return taken | ({"agree", "refuse"} if asked is not None and asked.asked_by_id == me else set())


def _of_publication(row: BoardEntry, asked: Publication | None) -> set[str]:
    if row.state in READY and in_days(row):
        return set()
    if asked is not None and asked.state is PublicationState.ASKED:
        return {"agree", "refuse"} - _mine(row, asked)
    return {"ask"} if asked is None else set()


def in_days(row: BoardEntry) -> bool:
    """Whether an objection may still come."""
    return row.state is S.TOLD and row.objection_until is not None and local_day(now()) <= row.objection_until
