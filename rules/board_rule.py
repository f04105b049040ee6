"""Kind `board`: who stands on a red or black board, on which facts, with how many behind them, how long, for whose eyes.

Basis: HJ-2.1b, HJ-3.3a, HJ-3.3c, HJ-2.3a, CK-4.3a, SPX-5.3. The papers name the boards; numbers and months are defaults of
the plan. 《个人信息保护法》第二十五条: a household or a cadre is not blamed in public, whatever a plan wants.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rules.choices import Choice
from rules.params import Fault, Param
from rules.text import _, note


class Colour(Choice):
    RED = "red", _("红榜")
    BLACK = "black", _("黑榜")


class Standing(Choice):
    """Who stands on the board."""

    PLACE = "place", _("企业、门店、场所")
    HOUSEHOLD = "household", _("农户")
    CADRE = "cadre", _("干部")
    UNIT = "unit", _("单位、窗口")


class Source(Choice):
    """Which facts of the ledger propose an entry."""

    HAND = "hand", _("由人评议提出")
    CHECKS = "checks", _("已结束的检查表")
    ORDERS = "orders", _("督办单：退回重办或逾期答复")


N, K = "基数", "次数"
PERSONS = frozenset({Standing.HOUSEHOLD, Standing.CADRE})


@dataclass(frozen=True)
class BoardRule:
    """Black: at least `times` bad ones among `base` or more within the span; red: at most `times`, good for the rest."""

    colour: Annotated[Colour, Param(_("红榜还是黑榜"))]
    stands: Annotated[Standing, Param(_("谁上榜"))]
    source: Annotated[Source, Param(_("由什么提出"))]
    words: Annotated[str, Param(_("榜上写什么（{基数}、{次数}由系统填）"))]
    base: Annotated[int, Param(_("最小基数"), least=1, most=10_000)]
    months: Annotated[int, Param(_("在榜几个月"), least=1, most=60)]
    objection: Annotated[str, Param(_("异议期限"), refers="rule:clock")]
    answer: Annotated[str, Param(_("答复异议的期限"), refers="rule:clock")]
    sheet: Annotated[str, Param(_("看哪张检查表"), refers="rule:sheet")] = ""
    times: Annotated[int, Param(_("发现问题几次（黑榜至少、红榜至多）"), least=0, most=100)] = 0
    span_months: Annotated[int, Param(_("看最近几个月"), least=1, most=60)] = 12
    public: Annotated[bool, Param(_("对外公开"))] = False
    full_name: Annotated[bool, Param(_("名称写全"))] = False

    def problems(self) -> Iterator[Fault]:
        if (self.source is Source.CHECKS) != bool(self.sheet):
            yield Fault(("sheet",), note(_("source 写“checks”时要写看哪张检查表，其他时候不写")))
        if self.source is Source.ORDERS and self.stands is not Standing.CADRE:
            yield Fault(("stands",), note(_("督办单只下给干部，按督办单上榜的只能是干部")))
        if self.colour is Colour.BLACK and self.source is not Source.HAND and not self.times:
            yield Fault(("times",), note(_("黑榜要写发现问题至少几次")))
        if self.colour is Colour.BLACK and self.public and self.stands in PERSONS:
            yield Fault(("public",), note(_("农户、干部的黑榜只能内部使用，不能对外公开（《个人信息保护法》第二十五条）")))
        if self.full_name and self.stands in PERSONS:
            yield Fault(("full_name",), note(_("农户、干部的姓名一律遮盖，不能写全")))
        if not _fills(self.words):
            yield Fault(("words",), note(_("花括号里只能写 {{基数}} 或 {{次数}}")))

    def said(self, n: int, k: int) -> str:
        """The line on the board: `n` looked at, `k` of them bad."""
        return self.words.format(**{N: n, K: k})


def _fills(words: str) -> bool:
    try:
        words.format(**{N: 0, K: 0})
    except (LookupError, ValueError, AttributeError):
        return False
    return True
