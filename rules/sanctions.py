"""A proposed sanction: confirmed by a named person, told, answered, reviewable, appealable, expiring.

Basis: SQ-2.3b; 《公务员法》第九十五、九十六条 (复核、申诉); 《个人信息保护法》第二十四条 (a person decides).
"""

from datetime import date

from rules.choices import Choice
from rules.errors import NotAllowed, RuleBroken
from rules.flows import Flow, Move
from rules.months import add_months
from rules.text import _


class SanctionState(Choice):
    """In force from NOTIFIED on; while contested it waits for the decision before it expires; WITHDRAWN fell with what it rested on."""

    PROPOSED = "proposed", _("建议")
    CONFIRMED = "confirmed", _("已确认")
    DISMISSED = "dismissed", _("不予采纳")
    NOTIFIED = "notified", _("已告知本人")
    REPLIED = "replied", _("本人已陈述")
    UNDER_REVIEW = "under_review", _("复核中")
    UPHELD = "upheld", _("复核维持")
    UNDER_APPEAL = "under_appeal", _("申诉中")
    FINAL = "final", _("申诉维持")
    LIFTED = "lifted", _("已解除")
    EXPIRED = "expired", _("已期满")
    WITHDRAWN = "withdrawn", _("已撤回")


S = SanctionState
WEEK = 7
LEAST_FACTS = 10  # letters
TOLD = frozenset({S.NOTIFIED, S.REPLIED})
STANDING = TOLD | {S.UPHELD, S.FINAL}
CONTESTED = frozenset({S.UNDER_REVIEW, S.UNDER_APPEAL})

FLOW = Flow(
    S.PROPOSED,
    (
        Move("confirm", _("确认"), frozenset({S.PROPOSED}), S.CONFIRMED),
        Move("dismiss", _("不予采纳"), frozenset({S.PROPOSED}), S.DISMISSED),
        Move("notify", _("告知本人"), frozenset({S.CONFIRMED}), S.NOTIFIED),
        Move("reply", _("本人陈述"), frozenset({S.NOTIFIED}), S.REPLIED),
        Move("ask_review", _("申请复核"), TOLD, S.UNDER_REVIEW),
        Move("uphold", _("复核维持"), frozenset({S.UNDER_REVIEW}), S.UPHELD),
        Move("appeal", _("申诉"), TOLD | {S.UPHELD, S.UNDER_REVIEW}, S.UNDER_APPEAL),
        Move("prolong", _("延长办理期限"), frozenset({S.UNDER_APPEAL}), S.UNDER_APPEAL),
        Move("reject_appeal", _("申诉维持"), frozenset({S.UNDER_APPEAL}), S.FINAL),
        Move("lift", _("解除"), STANDING | CONTESTED | {S.CONFIRMED}, S.LIFTED),
        Move("expire", _("期满"), STANDING, S.EXPIRED),
        Move("withdraw", _("撤回"), STANDING | CONTESTED | {S.PROPOSED, S.CONFIRMED}, S.WITHDRAWN),
    ),
)


def check_decider(own: bool, reason: str) -> None:
    """Nobody decides about himself, and no decision goes without a reason.

    Raises NotAllowed("own-sanction") or RuleBroken("reason-missing").
    """
    if own:
        raise NotAllowed("own-sanction", _("不能对涉及本人的处理建议作决定，请交由其他领导办理。"))
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请填写作出决定的理由。"))


def check_proposal(facts: str, own: bool) -> str:
    """What somebody proposes on his own name, trimmed: not about himself, and with facts.

    Raises NotAllowed("own-sanction") or RuleBroken("facts-missing").
    """
    if own:
        raise NotAllowed("own-sanction", _("不能对本人提出处理建议，请交由其他同志办理。"))
    if len(facts.strip()) < LEAST_FACTS:
        raise RuleBroken("facts-missing", _("请写明事实和证据：什么时候、什么事、怎样查实的（不少于10个字）。"))
    return facts.strip()


def expires_on(notified_on: date, validity_months: int) -> date | None:
    """The first day on which it is no longer in force; None for what is done once."""
    return add_months(notified_on, validity_months) if validity_months else None


def check_expiry(expires: date | None, today: date) -> None:
    """Refuse to expire early; raises RuleBroken("not-expired")."""
    if expires is None or today < expires:
        raise RuleBroken("not-expired", _("尚未期满，不能办理期满；如需提前结束，请办理解除。"))


def check_appeal(state: SanctionState, appeal_until: date | None, answer_until: date | None, today: date) -> None:
    """In time, or past a review that was not answered in time: silence takes nobody's appeal away.

    Raises RuleBroken("review-open") or RuleBroken("appeal-late").
    """
    if state is S.UNDER_REVIEW:
        if answer_until is None or today <= answer_until:
            raise RuleBroken("review-open", _("复核还在办理，期限是{day}；逾期没有答复的，可以直接申诉。"), day=answer_until)
    elif appeal_until and today > appeal_until:
        raise RuleBroken("appeal-late", _("申诉期限（{day}）已过。"), day=appeal_until)


def check_prolonging(answer_until: date | None, extended: int, today: date) -> date:
    """The last day as it stands, if it may be put off: once, and not when it has passed (GWY-96).

    Raises RuleBroken("extension-done") or RuleBroken("extension-late").
    """
    if extended:
        raise RuleBroken("extension-done", _("办理期限已经延长过一次，不能再延长，请在期限内答复。"))
    if answer_until is None or today > answer_until:
        raise RuleBroken("extension-late", _("答复期限（{day}）已过，不能再延长，请尽快答复。"), day=answer_until)
    return answer_until


def whole_days(text: str) -> int:
    """How many days were typed; raises RuleBroken("extension-odd")."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and int(plain[:6]) > 0):
        raise RuleBroken("extension-odd", _("延长多少日，请填一个整数，例如 30。"))
    return int(plain[:6])


def reminder_mark(answer_until: date, today: date) -> str:
    """Which reminder of an unanswered review or appeal is due: near in its last week, then one a week while it is late."""
    days = (today - answer_until).days
    if days > 0:
        return f"late{(days - 1) // WEEK}"
    return "near" if days >= -WEEK else ""
