"""What a plan file may contain, as written; docs/rules.md shows an example."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from rules.params import Fault, Param
from rules.scale import Scale
from rules.text import _, note


@dataclass(frozen=True)
class Clause:
    """One numbered requirement with its own words."""

    id: Annotated[str, Param(_("条款编号"))]
    number: Annotated[str, Param(_("在文中的位置"))]
    text: Annotated[str, Param(_("原文"))]


@dataclass(frozen=True)
class Document:
    """A paper that rules rest on."""

    id: Annotated[str, Param(_("编号"))]
    number: Annotated[str, Param(_("文号"))]
    title: Annotated[str, Param(_("标题"))]
    issuer: Annotated[str, Param(_("发文机关"))]
    issued_on: Annotated[date, Param(_("成文日期"))]
    clauses: Annotated[tuple[Clause, ...], Param(_("条款"), least=1)]


@dataclass(frozen=True)
class Terms:
    """The township's own words for the three ways of covering somebody, shown instead of ours."""

    lead: Annotated[str, Param(_("领导联系企业叫什么"))] = "包抓"
    support: Annotated[str, Param(_("干部联系企业叫什么"))] = "包保"
    link: Annotated[str, Param(_("干部联系农户叫什么"))] = "包联"
    cadre: Annotated[str, Param(_("被评价的干部叫什么"))] = "包抓干部"


@dataclass(frozen=True)
class Head:
    """Which pack this is; `format` is the version of the file's shape."""

    id: Annotated[str, Param(_("编号"))]
    title: Annotated[str, Param(_("名称"))]
    format: Annotated[int, Param(_("格式版本"), least=1, most=1)]


@dataclass(frozen=True)
class RuleEntry:
    """A rule as the file writes it, before its parameters are read by its kind."""

    id: Annotated[str, Param(_("编号"))]
    kind: Annotated[str, Param(_("类型"))]
    title: Annotated[str, Param(_("名称"))]
    clause: Annotated[str, Param(_("条款编号"))]
    valid_from: Annotated[date, Param(_("生效日期"))]
    params: Annotated[object, Param(_("参数"))]
    valid_to: Annotated[date | None, Param(_("失效日期"))] = None
    note: Annotated[str, Param(_("说明"))] = ""

    def problems(self) -> Iterator[Fault]:
        if self.valid_to and self.valid_to < self.valid_from:
            yield Fault(("valid_to",), note(_("失效日期早于生效日期{day}"), day=self.valid_from))


@dataclass(frozen=True)
class PackFile:
    """A whole plan file as written."""

    pack: Annotated[Head, Param(_("方案"))]
    terms: Annotated[Terms, Param(_("用语"))] = field(default_factory=Terms)
    documents: Annotated[tuple[Document, ...], Param(_("文件"))] = ()
    scales: Annotated[tuple[Scale, ...], Param(_("量表"))] = ()
    rules: Annotated[tuple[RuleEntry, ...], Param(_("规则"))] = ()
