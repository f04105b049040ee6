"""One filled check sheet: from draft over every inspector's signature to its close; voided with a reason.

Basis: SJ-3.2, CK-3.2, CK-4.3b, HJ-3.3c. Until it is closed only the discipline office and the inspectors named know of it.
"""

from collections.abc import Collection

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.flows import Flow, Move
from rules.text import _


class CheckState(Choice):
    """SIGNED: by everybody named; what was answered stands from the first signature on."""

    DRAFT = "draft", _("填写中")
    SIGNED = "signed", _("已签字")
    CLOSED = "closed", _("已结束")
    VOIDED = "voided", _("已作废")


class PhotoWhen(Choice):
    """Which side of the correction a picture shows."""

    BEFORE = "before", _("检查时")
    AFTER = "after", _("整改后")


S = CheckState
DONE = frozenset({S.CLOSED, S.VOIDED})

FLOW = Flow(
    S.DRAFT,
    (
        Move("sign", _("签字"), frozenset({S.DRAFT}), S.SIGNED),
        Move("close", _("结束检查"), frozenset({S.SIGNED}), S.CLOSED),
        Move("void", _("作废"), frozenset({S.DRAFT, S.SIGNED, S.CLOSED}), S.VOIDED),  # found wrong later: what rests on it goes with it
    ),
)


def check_named(inspectors: Collection[str], least: int) -> None:
    """Enough people to sign; raises RuleBroken("inspectors-few")."""
    if len(set(inspectors)) < least:
        raise RuleBroken("inspectors-few", _("这张检查表要{least}名检查人员签字，请再选一名一起检查的人。"), least=least)


def check_unsigned(signed: int) -> None:
    """Nothing is changed under a signature; raises RuleBroken("check-signed")."""
    if signed:
        raise RuleBroken("check-signed", _("已经有人签字，内容不能再改；确实填错了，请写明原因作废后重填。"))


def check_version(typed: int, stored: int) -> None:
    """Raises RuleBroken("check-changed") for a form that somebody overtook."""
    if typed != stored:
        raise RuleBroken("check-changed", _("这张表刚才在另一个页面或由同组的人保存过，这次没有覆盖；请核对下面的内容后再保存。"))


def check_picture(when: PhotoWhen, state: CheckState, signed: int) -> None:
    """Pictures of the check before the first signature, of the correction after the last.

    Raises RuleBroken("check-signed") or ("picture-early").
    """
    if when is PhotoWhen.BEFORE:
        check_unsigned(signed)
    elif state is not S.SIGNED:
        raise RuleBroken("picture-early", _("整改后的照片，在签字以后、结束检查以前上传。"))
