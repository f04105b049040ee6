"""How a plan file is refused: whole, with every mistake, in words that a clerk can act on."""

from dataclasses import dataclass

from rules.errors import RuleBroken
from rules.params import Fault, path_text
from rules.text import Note, _
from rules.toml_lines import find_lines, line_of


@dataclass(frozen=True)
class PlanError:
    """One mistake: file, line (None if unknown), key, reason, and what would be right if it is known."""

    file: str
    line: int | None
    key: str
    reason: Note
    right: Note | None = None

    def __str__(self) -> str:
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        tail = f"；{self.right}" if self.right else ""
        return f"{place}{' ' * bool(self.key)}{self.key}：{self.reason}{tail}"


class PlanRefused(RuleBroken):
    """No part of the file is taken; `errors` holds every mistake found, in the order of the file."""

    def __init__(self, file: str, errors: tuple[PlanError, ...]) -> None:
        self.errors = errors
        super().__init__(
            "plan-refused",
            _("{file}有{n}处错误，整个文件未载入，原有规则不变。请改正后再载入：\n{listed}"),
            file=file,
            n=len(errors),
            listed="\n".join(str(error) for error in errors),
        )


def refuse(file: str, text: str, faults: list[Fault]) -> PlanRefused:
    """The refusal of `text` for these mistakes, each with its line."""
    lines = find_lines(text)
    errors = (
        PlanError(file, line_of(lines, one.path), path_text(one.path), one.reason, one.right)
        for one in faults
    )
    return PlanRefused(file, tuple(sorted(errors, key=lambda one: one.line or 0)))
