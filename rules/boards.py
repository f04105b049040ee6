"""红黑榜: proposed, confirmed by a second named person, told, open to objection, then published by two; it expires or is withdrawn.

Basis: HJ-2.1b, HJ-3.3a, CK-4.3a; 《个人信息保护法》第二十四条 (a person decides), 第四十四至四十八条 (correction, deletion).
"""

from datetime import date

from rules.choices import Choice
from rules.errors import NotAllowed, RuleBroken
from rules.flows import Flow, Move
from rules.text import _


class BoardState(Choice):
    PROPOSED = "proposed", _("建议上榜")
    DISMISSED = "dismissed", _("不予采纳")
    CONFIRMED = "confirmed", _("已确认")
    TOLD = "told", _("已告知")
    OBJECTED = "objected", _("有异议")
    UPHELD = "upheld", _("异议不成立")
    PUBLISHED = "published", _("在榜")
    EXPIRED = "expired", _("已期满")
    WITHDRAWN = "withdrawn", _("已撤下")


S = BoardState
READY = frozenset({S.TOLD, S.UPHELD})
RUNNING = frozenset({S.PROPOSED, S.CONFIRMED, S.TOLD, S.OBJECTED, S.UPHELD, S.PUBLISHED})

FLOW = Flow(
    S.PROPOSED,
    (
        Move("confirm", _("确认"), frozenset({S.PROPOSED}), S.CONFIRMED),
        Move("dismiss", _("不予采纳"), frozenset({S.PROPOSED}), S.DISMISSED),
        Move("tell", _("告知"), frozenset({S.CONFIRMED}), S.TOLD),
        Move("object", _("提出异议"), frozenset({S.TOLD}), S.OBJECTED),
        Move("uphold", _("异议不成立"), frozenset({S.OBJECTED}), S.UPHELD),
        Move("publish", _("上榜"), READY, S.PUBLISHED),
        Move("expire", _("期满"), frozenset({S.PUBLISHED}), S.EXPIRED),
        Move("withdraw", _("撤下"), RUNNING, S.WITHDRAWN),
    ),
)


def check_person(account_id: int | None, own: bool) -> None:
    """A named person who is not concerned; raises NotAllowed("nobody-named") or ("own-board")."""
    if account_id is None:
        raise NotAllowed("nobody-named", _("这一步要由具名的人办理，系统不能代办。"))
    if own:
        raise NotAllowed("own-board", _("这一条涉及您本人、本单位或您包抓的对象，请交由其他人办理。"))


def check_second(same: bool) -> None:
    """Raises NotAllowed("second-person")."""
    if same:
        raise NotAllowed("second-person", _("上一步是您办的，这一步要由另一个人办理。"))


def check_reason(reason: str) -> str:
    """The reason without blanks around it; raises RuleBroken("reason-missing")."""
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请写明理由。"))
    return reason.strip()[:2000]


def check_base(n: int, base: int) -> None:
    """Raises RuleBroken("base-small")."""
    if n < base:
        raise RuleBroken("base-small", _("基数只有{n}，少于规则要求的{base}，不能上榜。"), n=n, base=base)


def check_objection(until: date | None, today: date) -> None:
    """Raises RuleBroken("objection-late")."""
    if until is not None and today > until:
        raise RuleBroken("objection-late", _("提出异议的期限（{day}）已过；确有错误的，请要求撤下。"), day=until)


def check_ready(state: BoardState, until: date | None, today: date) -> None:
    """Nothing is published while an objection is open or may still come.

    Raises RuleBroken("objection-open"), ("move-not-allowed") or ("objection-days").
    """
    if state is S.OBJECTED:
        raise RuleBroken("objection-open", _("异议还没有答复，不能上榜。"))
    FLOW.step(state, "publish")
    if state is S.TOLD and until is not None and today <= until:
        raise RuleBroken("objection-days", _("异议期到{day}为止，过了这一天才能上榜。"), day=until)


def check_expiry(expires: date | None, today: date) -> None:
    """`expires`: the first day it is off; raises RuleBroken("not-expired")."""
    if expires is None or today < expires:
        raise RuleBroken("not-expired", _("尚未期满；如需提前结束，请办理撤下。"))
