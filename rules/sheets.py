"""Kind `sheet`: what is asked on the phone or looked at on site, and what makes a finding of it.

Basis: QY-2.3c, SJ-3.2, ZF-2.3b, HJ-3.1, HJ-3.3b, HJ-3.3c, CK-3.2. The items of a sheet are the words of its clause; an
item may name a value the ledger holds, which is shown beside the answer once that is saved.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from rules.calls import Patience
from rules.choices import Choice
from rules.errors import RuleBroken
from rules.params import Fault, Param
from rules.text import _, note

NUMBER_MOST = 9999
TEXT_MOST = 500
LATER = {"later": True}  # see rules.plan.mark_text


class Method(Choice):
    """How the sheet is filled in."""

    PHONE = "phone", _("电话调查")
    ON_SITE = "on_site", _("现场检查")
    UNANNOUNCED = "unannounced", _("暗访")


class ItemKind(Choice):
    """What an answer looks like."""

    VERDICT = "verdict", _("合格、不合格或不适用")
    CHOICE = "choice", _("选一项")
    LEVEL = "level", _("测评等次")
    NUMBER = "number", _("数字")
    TEXT = "text", _("文字")


class LedgerValue(Choice):
    """Which value of the ledger an answer is compared with."""

    NONE = "none", _("不比对")
    RATING = "rating", _("本轮评价的等次")
    CADRE = "cadre", _("包抓干部的姓名")


class Target(Choice):
    """What the sheet is about."""

    CLIENT = "client", _("企业、农户或场所")
    UNIT = "unit", _("单位、窗口")


class Verdict(Choice):
    """Answers to an item of the first kind."""

    PASS = "pass", _("合格")
    FAIL = "fail", _("不合格")
    NA = "na", _("不适用")


@dataclass(frozen=True)
class Answer:
    """One answer offered; a finding is what an order may be made of."""

    code: Annotated[str, Param(_("代码"))]
    label: Annotated[str, Param(_("名称"))]
    finding: Annotated[bool, Param(_("是否算发现问题"))] = False


@dataclass(frozen=True)
class Item:
    """One question; `photo` asks for a picture with every finding, `optional` may stay empty."""

    code: Annotated[str, Param(_("代码"))]
    question: Annotated[str, Param(_("问题"))]
    kind: Annotated[ItemKind, Param(_("怎样回答"))]
    answers: Annotated[tuple[Answer, ...], Param(_("选项（选一项时）"), most=12)] = ()
    ledger: Annotated[LedgerValue, Param(_("与台账的哪个值比对"))] = LedgerValue.NONE
    photo: Annotated[bool, Param(_("发现问题时必须有照片"))] = False
    optional: Annotated[bool, Param(_("可以不答"))] = False

    def problems(self) -> Iterator[Fault]:
        codes = [one.code for one in self.answers]
        if (self.kind is ItemKind.CHOICE) != (len(codes) > 1):
            yield Fault(("answers",), note(_("kind 写“choice”时要写两个以上选项，其他时候不写")))
        if len(set(codes)) < len(codes):
            yield Fault(("answers",), note(_("选项的代码不能重复")))
        if self.ledger is LedgerValue.RATING and self.kind is not ItemKind.LEVEL:
            yield Fault(("ledger",), note(_("只有测评等次能与本轮评价比对")))
        if self.ledger is LedgerValue.CADRE and self.kind is not ItemKind.TEXT:
            yield Fault(("ledger",), note(_("只有文字能与干部姓名比对")))

    def offered(self, levels: Collection[str] = ()) -> tuple[str, ...]:
        """Codes to choose from; empty where a number or a text is typed."""
        if self.kind is ItemKind.VERDICT:
            return tuple(one.value for one in Verdict)
        return tuple(levels) if self.kind is ItemKind.LEVEL else tuple(one.code for one in self.answers)

    def found(self, answer: str) -> bool:
        """Whether the answer alone is a finding."""
        if self.kind is ItemKind.VERDICT:
            return answer == Verdict.FAIL.value
        return any(one.code == answer and one.finding for one in self.answers)


@dataclass(frozen=True)
class SheetRule:
    """One check sheet; `survey` gives the scale of items answered by level."""

    method: Annotated[Method, Param(_("方式"))]
    items: Annotated[tuple[Item, ...], Param(_("检查项"), least=1, most=40)]
    survey: Annotated[str, Param(_("核对哪项测评"), refers="rule:survey")] = ""
    signers: Annotated[int, Param(_("至少几名检查人员签字"), least=1, most=5)] = 1
    target: Annotated[Target, Param(_("查谁"))] = Target.CLIENT
    reply: Annotated[str, Param(_("由它拟的督办单多久答复"), refers="rule:clock")] = field(default="", metadata=LATER)
    tries: Annotated[int, Param(_("电话几次无人接听后替换"), least=1, most=10)] = field(default=3, metadata=LATER)
    apart: Annotated[int, Param(_("两次拨打至少隔几分钟"), least=0, most=1440)] = field(default=30, metadata=LATER)
    replace_refusal: Annotated[bool, Param(_("拒绝回答的也替换"))] = field(default=False, metadata=LATER)

    @property
    def patience(self) -> Patience:
        return Patience(self.tries, self.apart, self.replace_refusal)

    def problems(self) -> Iterator[Fault]:
        codes = [item.code for item in self.items]
        if len(set(codes)) < len(codes):
            yield Fault(("items",), note(_("检查项的代码不能重复")))
        if not self.survey and any(item.kind is ItemKind.LEVEL for item in self.items):
            yield Fault(("survey",), note(_("有测评等次的检查项，就要写核对哪项测评")))
        if self.method is Method.PHONE and any(item.photo for item in self.items):
            yield Fault(("items",), note(_("电话调查不能要求照片")))


def checked(sheet: SheetRule, answers: Mapping[str, str], levels: Collection[str] = (), *, whole: bool = True) -> dict[str, str]:
    """The answers in the order of the sheet, trimmed, empty ones left out; a draft need not be `whole`.

    Raises RuleBroken("item-unknown", "answer-missing", "answer-odd", "number-odd" or "answer-long").
    """
    unknown = sorted(answers.keys() - {item.code for item in sheet.items})
    if unknown:
        raise RuleBroken("item-unknown", _("检查表里没有“{item}”这一项，请刷新页面后重填。"), item=unknown[0])
    given = {item.code: _checked(item, answers.get(item.code, "").strip(), levels, whole) for item in sheet.items}
    return {code: answer for code, answer in given.items() if answer}


def findings(sheet: SheetRule, answers: Mapping[str, str]) -> tuple[Item, ...]:
    """Items whose answer is a finding."""
    return tuple(item for item in sheet.items if item.found(answers.get(item.code, "")))


def mismatches(sheet: SheetRule, answers: Mapping[str, str], ledger: Mapping[LedgerValue, str]) -> tuple[Item, ...]:
    """Answered items that differ from what the ledger holds; what the ledger does not hold is not compared."""
    return tuple(
        item
        for item in sheet.items
        if item.code in answers and item.ledger in ledger and answers[item.code] != ledger[item.ledger]
    )


def check_photos(sheet: SheetRule, answers: Mapping[str, str], pictured: Collection[str]) -> None:
    """Every finding that needs a picture has one; raises RuleBroken("photo-missing")."""
    for item in findings(sheet, answers):
        if item.photo and item.code not in pictured:
            raise RuleBroken("photo-missing", _("“{question}”发现了问题，请附上现场照片。"), question=item.question)


def check_reason(differing: Collection[Item], reason: str) -> None:
    """A mismatch is explained before the next call; raises RuleBroken("reason-missing")."""
    if differing and not reason.strip():
        raise RuleBroken("reason-missing", _("回答与台账不一致，请写明情况后再继续。"))


def _checked(item: Item, answer: str, levels: Collection[str], whole: bool) -> str:
    offered = item.offered(levels)
    if whole and not answer and not item.optional:
        raise RuleBroken("answer-missing", _("“{question}”还没有回答。"), question=item.question)
    if answer and item.kind in {ItemKind.VERDICT, ItemKind.CHOICE, ItemKind.LEVEL} and answer not in offered:
        raise RuleBroken("answer-odd", _("“{question}”没有这个选项，请从列出的选项中选。"), question=item.question)
    if answer and item.kind is ItemKind.NUMBER and not _is_number(answer):
        raise RuleBroken("number-odd", _("“{question}”请填0到{most}的整数。"), question=item.question, most=NUMBER_MOST)
    if len(answer) > TEXT_MOST:
        raise RuleBroken("answer-long", _("“{question}”最多{most}个字。"), question=item.question, most=TEXT_MOST)
    return answer


def _is_number(answer: str) -> bool:
    return answer.isascii() and answer.isdigit() and len(answer) <= len(str(NUMBER_MOST))
