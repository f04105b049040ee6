"""The closed set of rule kinds: what each answers, and the parameters of those this version evaluates."""

import dataclasses
from typing import Any, get_type_hints

from rules.board_rule import BoardRule
from rules.choices import Choice
from rules.clock import ClockRule
from rules.consequence import ConsequenceRule
from rules.decode import param
from rules.draw_rule import DrawRule
from rules.ladder_rule import LadderRule
from rules.roster_rule import RosterRule
from rules.sheets import SheetRule
from rules.survey import SurveyRule
from rules.text import _

NAMES: dict[str, str] = {
    "roster": _("名册：谁要有人负责"),
    "quota": _("频次：多久要做几次"),
    "clock": _("期限：什么时候到期"),
    "ladder": _("逐级上报：到哪一级"),
    "gate": _("关口：办结要带什么"),
    "survey": _("测评：谁评谁"),
    "consequence": _("结果运用：评价导致什么"),
    "draw": _("抽查：怎样抽"),
    "sheet": _("检查表：查什么、问什么"),
    "window": _("报送：什么时候报"),
    "score": _("计分：怎样算分"),
    "allowance": _("补贴：怎样发"),
    "board": _("榜单：怎样上榜"),
    "milestone": _("节点：什么日期前完成"),
    "register": _("台账：记哪些列"),
    "publication": _("公开：发布什么"),
}
KINDS: dict[str, type] = {
    "survey": SurveyRule,
    "consequence": ConsequenceRule,
    "clock": ClockRule,
    "roster": RosterRule,
    "sheet": SheetRule,
    "draw": DrawRule,
    "ladder": LadderRule,
    "board": BoardRule,
}


def parts(kind: str) -> list[type]:
    """The parameter dataclass of a kind and the ones nested in it, outermost first."""
    found = [KINDS[kind]]
    for cls in found:
        for hint in get_type_hints(cls).values():
            found += [one for one in _classes(hint) if dataclasses.is_dataclass(one) and one not in found]
    return found


def parameter_table(cls: type) -> str:
    """The parameters of one dataclass as a Markdown table, as docs/rules.md prints it."""
    hints, plain = get_type_hints(cls, include_extras=True), get_type_hints(cls)
    rows = [
        f"| `{one.name}` | {param(hints[one.name]).label}{_codes(plain[one.name])} | {_default(one)} |"
        for one in dataclasses.fields(cls)
    ]
    return "\n".join(["| 参数 | 含义 | 缺省 |", "|---|---|---|", *rows])


def _classes(hint: Any) -> list[type]:
    return [one for one in (hint, *getattr(hint, "__args__", ())) if isinstance(one, type)]


def _codes(hint: Any) -> str:
    codes = [
        f"`{code}` {label}"
        for one in _classes(hint)
        if issubclass(one, Choice)
        for code, label in one.options()
    ]
    return f"：{'、'.join(codes)}" if codes else ""


def _default(field: "dataclasses.Field[Any]") -> str:
    if field.default_factory is not dataclasses.MISSING:
        return "见下"
    if field.default is dataclasses.MISSING:
        return "必填"
    shown = getattr(field.default, "value", field.default)
    if shown is None or shown in ("", ()):
        return "无"
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`"
