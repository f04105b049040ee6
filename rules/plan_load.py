"""From the text of a plan file to a checked pack, or a refusal that names every mistake."""

import re
import tomllib
from typing import Any

from rules.calendar import WorkCalendar
from rules.decode import decode, nearest
from rules.holidays import HolidayTable
from rules.kinds import KINDS, NAMES
from rules.params import Fault, Path
from rules.plan import Basis, PlanPack, Rule
from rules.plan_check import check_pack
from rules.plan_error import PlanError, PlanRefused, refuse
from rules.plan_file import Document, PackFile, RuleEntry
from rules.text import _, note

NO_BASIS = Basis("", "", "", "")
PLACE = re.compile(r"at line (\d+)")


def load_pack(text: str, filename: str, beside: tuple[PlanPack, ...] = ()) -> PlanPack:
    """Read one plan file given the packs already in force; an older edition of the same pack is left out.

    Raises PlanRefused with every mistake found.
    """
    return load_table(parse(text, filename), filename, text, beside)


def load_holidays(text: str, filename: str) -> WorkCalendar:
    """Read a holiday table; raises PlanRefused."""
    faults: list[Fault] = []
    table = decode(HolidayTable, parse(text, filename), (), faults)
    if table is None or faults:
        raise refuse(filename, text, faults)
    return table.calendar()


def parse(text: str, filename: str) -> dict[str, Any]:
    """The bare tables of a TOML text; raises PlanRefused where it is not TOML at all."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = PLACE.search(str(error))
        reason = note(_("写法不合 TOML 格式，读不下去"))
        right = note(_("请检查这一行和上一行的引号、括号、等号是否成对；同一名称不能写两次"))
        line = int(place[1]) if place else None
        raise PlanRefused(filename, (PlanError(filename, line, "", reason, right),)) from error


def load_table(
    table: dict[str, Any], filename: str, text: str = "", beside: tuple[PlanPack, ...] = ()
) -> PlanPack:
    """As `load_pack`, from a parsed table; `text` is only used to find line numbers."""
    faults: list[Fault] = []
    file = decode(PackFile, table, (), faults)
    params = _all_params(table, faults)
    if file is None or faults:
        raise refuse(filename, text, faults)
    bases = _bases(file.documents)
    rules = [_rule(entry, params[n], bases) for n, entry in enumerate(file.rules)]
    pack = PlanPack(file.pack, file.documents, file.scales, tuple(rules), file.terms)
    faults += check_pack(pack, tuple(one for one in beside if one.head.id != pack.head.id))
    if faults:
        raise refuse(filename, text, faults)
    return pack


def _all_params(table: dict[str, Any], faults: list[Fault]) -> list[object]:
    entries = table.get("rules")
    if not isinstance(entries, list):
        return []
    return [_params(entry, ("rules", n), faults) for n, entry in enumerate(entries)]


def _params(entry: object, path: Path, faults: list[Fault]) -> object:
    """The typed parameters of one entry; an entry without kind or params has been told off already."""
    if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str) or "params" not in entry:
        return None
    kind = entry["kind"]
    if kind in KINDS:
        return decode(KINDS[kind], entry["params"], (*path, "params"), faults)
    if kind in NAMES:
        reason, right = note(_("本版本尚未支持规则类型“{kind}”"), kind=kind), nearest(kind, list(KINDS))
    else:
        reason, right = note(_("未知规则类型“{kind}”"), kind=kind), nearest(kind, list(NAMES))
    faults.append(Fault((*path, "kind"), reason, right))
    return None


def _rule(entry: RuleEntry, params: object, bases: dict[str, Basis]) -> Rule[Any]:
    return Rule(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        clause=entry.clause,
        basis=bases.get(entry.clause, NO_BASIS),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        params=params,
        note=entry.note,
    )


def _bases(documents: tuple[Document, ...]) -> dict[str, Basis]:
    return {
        clause.id: Basis(document.number, document.title, clause.number, clause.text)
        for document in documents
        for clause in document.clauses
    }
