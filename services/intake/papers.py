"""The blank of a ledger, and the user's sheet with what is wrong marked."""

import io
from typing import Any

from documents.ledger_blank import Blank, write_blank
from documents.marked_sheet import Mark, write_marked
from models.access.actor import Actor
from models.columns import Col
from rules.rosters.tidy import fold
from rules.text import _
from services.intake.columns import Target, target_of
from services.intake.entries import ROW, Entry
from services.intake.far_ends import FarEnds
from services.intake.plan import Plan

HELP = {
    "date": (_("日期，写成 2024-07-28 的样子"), "2024-07-28"),
    "datetime": (_("时间，写成 2024-07-28 09:30 的样子"), "2024-07-28 09:30"),
    "int": (_("整数，只写数字"), "3"),
    "decimal": (_("数字，不写单位"), "12.50"),
    "bool": (_("填“是”或“否”"), _("是")),
    "choice": (_("从下拉中选"), ""),
    "link": (_("写登记过的名称，可从下拉中选"), ""),
}


def blank(session: Any, model: Any, by: Actor) -> tuple[str, io.BytesIO]:
    """Title and file; raises NotAllowed."""
    target, out = target_of(model, by), io.BytesIO()
    write_blank(out, target.title, [_blank(session, col, target, by) for col in target.cols])
    out.seek(0)
    return target.title, out


def _blank(session: Any, col: Col, target: Target, by: Actor) -> Blank:
    names: list[str] = []
    if col.kind == "choice":
        names = [label for _code, label in col.python.options()]  # type: ignore[attr-defined]
    elif col.kind == "bool":
        names = [_("是"), _("否")]
    elif col.kind == "link":
        names = FarEnds(session, col, by, ()).offered()
    words, example = HELP.get(col.kind, ("", ""))
    if col.info.get("mask") == "phone":
        words, example = _("11位手机号，或区号加座机"), "19900000000"
    said = "。".join(part for part in (words, col.help) if part)
    return Blank(col.label, col.kind, col.required, said, example or next(iter(names), ""), names, col.kind in {"choice", "bool"})


def why(target: Target, entry: Entry) -> str:
    """All that is wrong with a row, in one line."""
    parts = [text if key == ROW else f"{_(target.col(key).label)}：{text}" for key, text in entry.wrong.items()]
    return "；".join(part.removesuffix("。") for part in parts)


def marked(plan: Plan) -> io.BytesIO:
    out = io.BytesIO()
    marks = {
        entry.line.at: Mark(
            frozenset(plan.found.columns[key] for key in entry.wrong if key in plan.found.columns), f"{why(plan.target, entry)}",
        )
        for entry in plan.entries
        if entry.wrong
    }  # fmt: skip
    write_marked(out, plan.found.grid, plan.found.head, marks)
    out.seek(0)
    return out


def shown(plan: Plan, entry: Entry, key: str) -> str:
    """A cell of the preview: the sheet's own words, tidied."""
    return fold(entry.line.texts.get(key, ""))
