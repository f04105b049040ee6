"""What one check says."""

from dataclasses import dataclass

from rules.choices import Choice
from rules.text import Note, _, note


class Level(Choice):
    GOOD = "good", _("正常")
    WARN = "warn", _("注意")
    BAD = "bad", _("必须处理")


@dataclass(frozen=True)
class Finding:
    """`check` is a stable code for programs; `says` is for the operator."""

    check: str
    level: Level
    says: Note


def judge(check: str, good: bool, fine: str, trouble: Note, *, level: Level = Level.BAD) -> Finding:
    """`fine` when good, else `trouble` at `level`."""
    return Finding(check, Level.GOOD, note(fine)) if good else Finding(check, level, trouble)
