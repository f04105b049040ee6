"""States of an import and the ways to settle a doubt."""

from rules.choices import Choice
from rules.text import _


class BatchState(Choice):
    DRAFT = "draft", _("待确认")
    DROPPED = "dropped", _("已放弃")
    DONE = "done", _("已导入")
    UNDONE = "undone", _("已撤销")


class Decision(Choice):
    OPEN = "open", _("待定")
    CONFIRMED = "confirmed", _("属实，照此办理")
    CORRECTED = "corrected", _("已更正档案")
    DIFFERENT = "different", _("不是同一人（户）")
    SAME = "same", _("是同一人（户）")


SAMENESS = frozenset({
    "shared-phone", "same-name-different-phone", "in-both-lists", "homonym", "two-phones-in-cell", "two-contacts-in-cell",
    "same-enterprise-name", "enterprise-repeated", "duplicate-row",
})  # fmt: skip


def decisions(kind: str) -> list[Decision]:
    """What a person may decide about a doubt; whether two are one is asked only where two stand side by side."""
    one_or_two = [Decision.DIFFERENT, Decision.SAME] if kind in SAMENESS else []
    return [Decision.CONFIRMED, Decision.CORRECTED, *one_or_two]


def place_said(place: str) -> str:
    """`T2:7` as a person finds it in his own file: 第2张表第7行."""
    table, colon, row = place.removeprefix("T").partition(":")
    return _("第{table}张表第{row}行").format(table=table, row=row) if colon else place


# What a doubt is called on a page; the codes are those of rules/rosters.
DOUBTS = {
    "shared-phone": _("几家企业共用一个电话"),
    "cadre-phone-on-enterprise": _("企业登记了干部的电话"),
    "self-dealing": _("干部疑似自包自评"),
    "same-name-different-phone": _("同名不同电话"),
    "in-both-lists": _("两份清单里都有"),
    "missing-phone": _("企业没有电话"),
    "homonym": _("疑似同名两人"),
    "two-phones-in-cell": _("一格两个电话"),
    "two-contacts-in-cell": _("一格几个联系人"),
    "same-enterprise-name": _("企业重名"),
    "enterprise-repeated": _("企业重复"),
    "duplicate-row": _("重复行"),
    "credit-code-bad": _("信用代码有误"),
    "other-holder": _("企业已有别的责任人"),
}
