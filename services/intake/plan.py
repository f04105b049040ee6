"""A sheet beside its ledger: for each row what it would do, and what is wrong with it; nothing is written."""

import hashlib
from dataclasses import dataclass
from typing import Any

from models.access.actor import Actor
from models.columns import Col
from rules.errors import RuleBroken
from rules.intake.cells import variants
from rules.intake.headings import Found
from rules.intake.states import AT_ONCE, Verdict
from rules.masks import masked
from rules.text import _
from services.intake.columns import Target, blank_of, row_key, value_of
from services.intake.entries import ROW, Entry, Stars
from services.intake.far_ends import FarEnds
from services.intake.known import Known
from services.ledgers import may_screen


@dataclass
class Plan:
    target: Target
    found: Found
    entries: list[Entry]
    missing: list[str]

    def of(self, *verdicts: Verdict) -> list[Entry]:
        return [entry for entry in self.entries if entry.verdict in verdicts]

    @property
    def to_write(self) -> list[Entry]:
        return self.of(Verdict.NEW, Verdict.CHANGED)

    @property
    def is_long(self) -> bool:
        """Too many rows to try and write while the person waits."""
        return len(self.to_write) > AT_ONCE

    @property
    def counts(self) -> dict[str, int]:
        return {one.value: len(self.of(one)) for one in Verdict}

    @property
    def fingerprint(self) -> str:
        """Equal for two plans that would do the same."""
        said = [f"{e.line.number}:{e.verdict.value}:{sorted(e.old.items())}:{sorted(e.wrong)}" for e in self.entries]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def make_plan(session: Any, target: Target, found: Found | None, by: Actor, tried: dict[str, str]) -> Plan:
    """Compare through the person's own session; `tried`: what the rules said when the rows were tried. Raises RuleBroken."""
    if found is None:
        heads = "、".join(col.label for col in target.cols[:6])
        raise RuleBroken("heads-missing", _("没有认出表头。请保留一行栏目名，例如：{heads}；也可以先下载模板。"), heads=heads)
    if not found.lines:
        raise RuleBroken("rows-missing", _("表头下面没有内容。请检查是否选错了文件或工作表。"))
    entries = [Entry(line) for line in found.lines]
    _read(session, target, found, entries, by)
    _match(session, target, entries)
    for entry in entries:
        _judge(target, entry, may_screen(by, "edit", target.model))
        if not entry.wrong and str(entry.line.number) in tried:
            entry.wrong[ROW] = tried[str(entry.line.number)]
    absent = [col.label for col in target.cols if col.required and col.key not in found.columns]
    return Plan(target, found, entries, absent)


def _read(session: Any, target: Target, found: Found, entries: list[Entry], by: Actor) -> None:
    for key in found.columns:
        col = target.col(key)
        ends = FarEnds(session, col, by, (e.line.texts[key] for e in entries)) if col.kind == "link" else None
        for entry in entries:
            given = entry.line.texts[key]
            if target.is_masked(col) and "*" in given:
                entry.values[key] = Stars(given)
                continue
            try:
                value = ends.one(given) if ends else value_of(col, given)
            except RuleBroken as why:
                entry.wrong[key] = str(why)
            else:
                if value is not None:
                    entry.values[key] = value


def _match(session: Any, target: Target, entries: list[Entry]) -> None:
    """Find each row's record by the first natural key that it fills; two rows of one key clash."""
    known = Known(session, target, entries)
    taken: dict[tuple[Any, ...], Entry] = {}
    for entry in entries:
        if entry.wrong.keys() & {key for keys in target.keys for key in keys}:
            continue
        entry.row = known.row_of(entry)
        for at, keys in enumerate(target.keys):
            parts = known.parts(entry, keys)
            other = taken.setdefault((at, *row_key(parts)), entry) if parts is not None else entry
            if other is not entry and not _are_two(target, entry, other):
                entry.wrong[ROW] = _("与第{row}行重复，请只留一行。").format(row=other.line.number)
                break


def _are_two(target: Target, one: Entry, other: Entry) -> bool:
    """Of one name, but each with a number of its own."""
    numbers = [keys[0] for keys in target.keys[:-1] if len(keys) == 1]
    return any(one.values.get(key) and other.values.get(key) and one.values[key] != other.values[key] for key in numbers)


def _judge(target: Target, entry: Entry, may_edit: bool) -> None:
    if entry.row is None:
        _judge_new(target, entry)
        return
    for key, value in entry.values.items():
        col = target.col(key)
        if _differs(target, entry, col, value):
            entry.old[key] = target.reader.text(entry.row, col)
    if entry.old and not may_edit:
        entry.wrong[ROW] = _("已经登记过，内容不同；这本台账不能成批修改，请在台账里逐条办理。")


def _judge_new(target: Target, entry: Entry) -> None:
    for col in target.cols:
        value = entry.values.get(col.key)
        if isinstance(value, Stars):
            entry.wrong[col.key] = _("号码被遮盖了，请填完整的。")
        elif value is None and col.required and col.key not in entry.wrong and blank_of(col) in (None, ""):
            entry.wrong[col.key] = _("新增时必须填写{label}。").format(label=col.label)


def _differs(target: Target, entry: Entry, col: Col, value: Any) -> bool:
    """A masked value is compared only where its whole number finds the row anyway; other masked ones always count as new."""
    now = getattr(entry.row, col.key)
    if isinstance(value, Stars):
        if now is None or value.text not in (target.reader.text(entry.row, col), masked(col.info.get("mask"), now)):
            entry.wrong[col.key] = _("号码被遮盖了，与登记的对不上，请填完整的，或留空。")
        return False
    if target.is_masked(col) and not col.info.get("index"):
        return True
    if isinstance(value, str) and isinstance(now, str) and type(value) is str:
        return value != now and value not in variants(now)
    return bool(now != value)
