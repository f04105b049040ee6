"""Signed letters of responsibility: one a year for each village or each shop, signed or still missing (SGD-4.3a, HJ-2.1a)."""

from datetime import date

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.text import _

YEARS = range(2000, 2101)


class LetterKind(Choice):
    PETITIONS = "petitions", _("信访工作责任状")
    CLEAN_FRONT = "clean_front", _("“三包六禁”责任书")
    SAFETY = "safety", _("安全生产责任书")
    OTHER = "other", _("其他责任书")


BY_SHOP = frozenset({LetterKind.CLEAN_FRONT})  # signed shop by shop, the others village by village
CONTENT = {
    LetterKind.PETITIONS: "落实“属地管理、分级负责”，定期排查矛盾纠纷，及时就地化解，依法逐级反映诉求，按时报送情况。",
    LetterKind.CLEAN_FRONT: "按划定范围清扫保洁，门前整洁有序，配合街区环境整治和冬季扫雪。",
}


def check_letter(year: int, signed_on: date | None, today: date) -> None:
    """Raises RuleBroken("letter-year"), ("letter-future")."""
    if year not in YEARS:
        raise RuleBroken("letter-year", _("年度请写四位数字，例如 2026。"))
    if signed_on is not None and signed_on > today:
        raise RuleBroken("letter-future", _("签订日期不能晚于今天。"))
