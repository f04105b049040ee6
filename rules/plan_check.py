"""What must hold between the parts of a plan: ids, versions, and everything that one rule says of another."""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, get_type_hints

from rules.consequence import ConsequenceRule
from rules.decode import nearest, param
from rules.kinds import KINDS
from rules.params import Fault, Path
from rules.plan import PlanBook, PlanPack, Rule
from rules.survey import SurveyRule
from rules.text import _, note


def check_pack(pack: PlanPack, beside: tuple[PlanPack, ...]) -> Iterator[Fault]:
    """Every mistake in `pack`, given the other packs in force."""
    book = PlanBook((*beside, pack))
    yield from _repeated(_ids("documents", pack.documents), _("文件编号“{id}”写了两次"))
    yield from _repeated(_ids("scales", pack.scales), _("量表编号“{id}”写了两次"))
    yield from _repeated(_clause_ids(pack), _("条款编号“{id}”写了两次"))
    for section, own in (("rules", pack.rules), ("scales", pack.scales)):
        taken = {one.id for other in beside for one in getattr(other, section)}
        for path, one in _ids(section, own):
            if one in taken:
                yield Fault(path, note(_("编号“{id}”已被另一方案使用，请换一个"), id=one))
    clauses = [one for _path, one in _clause_ids(pack)]
    for n, rule in enumerate(pack.rules):
        yield from _missing(("rules", n, "clause"), rule.clause, clauses, _("没有条款“{id}”"))
        yield from (fault.under(("rules", n)) for fault in _check_rule(rule, n, pack, book))
    yield from _broken(beside, book)


def _broken(beside: tuple[PlanPack, ...], book: PlanBook) -> Iterator[Fault]:
    """Rules of other packs that would point at nothing once this edition is in force."""
    for other in beside:
        for rule in other.rules:
            for fault in list(_references(rule.params, rule, book)) or _levels(rule, book):
                why = note(_("方案“{pack}”的规则“{id}”要用到：{why}"), pack=other.head.id, id=rule.id, why=fault.reason)
                yield Fault(("pack",), why)


def _ids(section: str, rows: Iterable[Any]) -> list[tuple[Path, str]]:
    return [((section, n, "id"), one.id) for n, one in enumerate(rows)]


def _clause_ids(pack: PlanPack) -> list[tuple[Path, str]]:
    return [
        ((*path[:2], *inner), clause)
        for document, (path, _id) in zip(pack.documents, _ids("documents", pack.documents), strict=True)
        for inner, clause in _ids("clauses", document.clauses)
    ]


def _repeated(ids: Iterable[tuple[Path, str]], message: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, one in ids:
        if one in seen:
            yield Fault(path, note(message, id=one))
        seen.add(one)


def _check_rule(rule: Rule[Any], n: int, pack: PlanPack, book: PlanBook) -> Iterator[Fault]:
    for other in pack.rules[:n]:
        if other.id == rule.id and other.kind != rule.kind:
            yield Fault(("kind",), note(_("“{id}”的各个版本类型不一致"), id=rule.id))
        elif other.id == rule.id and _overlap(other, rule):
            day = max(other.valid_from, rule.valid_from)
            yield Fault(("valid_from",), note(_("“{id}”有两个版本在{day}同时有效"), id=rule.id, day=day))
    faults = list(_references(rule.params, rule, book))
    yield from (fault.under(("params",)) for fault in faults)
    if not faults:
        yield from (fault.under(("params",)) for fault in _levels(rule, book))


def _overlap(one: Rule[Any], two: Rule[Any]) -> bool:
    return one.in_force(two.valid_from) or two.in_force(one.valid_from)


def _references(params: Any, rule: Rule[Any], book: PlanBook) -> Iterator[Fault]:
    """Codes in `params`, however deep, that point at nothing."""
    for name, hint in get_type_hints(type(params), include_extras=True).items():
        value, target = getattr(params, name), param(hint).refers
        if target == "scale":
            scales = [scale.id for pack in book.packs for scale in pack.scales]
            yield from _missing((name,), value, scales, _("没有量表“{id}”"))
        elif target.startswith("rule:") and value:
            yield from _rule_reference((name,), value, target.removeprefix("rule:"), rule, book)
        for at, inner in _nested(value):
            yield from (fault.under((name, *at)) for fault in _references(inner, rule, book))


def _nested(value: object) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, tuple):
        yield from (((n,), one) for n, one in enumerate(value) if dataclasses.is_dataclass(one))
    elif dataclasses.is_dataclass(value):
        yield (), value


def _missing(path: Path, value: str, known: list[str], message: str) -> Iterator[Fault]:
    if value not in known:
        yield Fault(path, note(message, id=value), nearest(value, known) if known else None)


def _rule_reference(path: Path, value: str, kind: str, rule: Rule[Any], book: PlanBook) -> Iterator[Fault]:
    known = [one for one in _all_rules(book) if isinstance(one.params, KINDS[kind])]
    ids = list(dict.fromkeys(one.id for one in known))
    yield from _missing(path, value, ids, _("没有编号为“{id}”、类型相符的规则"))
    versions = [one for one in known if one.id == value]
    if versions and (gap := _first_gap(versions, rule)):
        yield Fault(path, note(_("本规则有效期内，{day}没有生效的“{id}”"), day=gap, id=value))


def _all_rules(book: PlanBook) -> Iterable[Rule[Any]]:
    return (rule for pack in book.packs for rule in pack.rules)


def _first_gap(versions: list[Rule[Any]], rule: Rule[Any]) -> date | None:
    """The first day of `rule`'s validity on which none of `versions` is in force."""
    ends = (one.valid_to for one in versions)
    days = [rule.valid_from, *(end + timedelta(days=1) for end in ends if end and end < date.max)]
    bare = (day for day in sorted(days) if not any(one.in_force(day) for one in versions))
    return next((day for day in bare if rule.in_force(day)), None)


def _levels(rule: Rule[Any], book: PlanBook) -> Iterator[Fault]:
    """Level codes that the scale in question does not have."""
    params = rule.params
    if isinstance(params, SurveyRule) and params.ask_reason_at:
        yield from _level(("ask_reason_at",), params.ask_reason_at, params.scale, book)
    if isinstance(params, ConsequenceRule):
        scales = {one.params.scale for one in book.versions(params.survey)}
        for scale in sorted(scales & {one.id for pack in book.packs for one in pack.scales}):
            yield from _level(("threshold",), params.threshold, scale, book)


def _level(path: Path, code: str, scale: str, book: PlanBook) -> Iterator[Fault]:
    codes = [level.code for level in book.scale(scale).levels]
    yield from _missing(path, code, codes, _("量表没有“{id}”这一档"))
