"""What a plan file may say about one field, and how a mistake in it is told."""

from dataclasses import dataclass

from rules.text import Note

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Param:
    """Label and limits of a field: `amount: Annotated[int, Param(_("时长"), least=1)]`.

    `least`/`most` limit a whole number, or the length of a list. `refers` names what a code points
    at: "scale", or "rule:clock" for a rule of that kind.
    """

    label: str
    least: int | None = None
    most: int | None = None
    refers: str = ""


@dataclass(frozen=True)
class Fault:
    """One mistake: where (keys and positions from the outside in), why, and what would be right."""

    path: Path
    reason: Note
    right: Note | None = None

    def under(self, path: Path) -> "Fault":
        """The same mistake seen from further outside."""
        return Fault(path + self.path, self.reason, self.right)


def path_text(path: Path) -> str:
    """`("rules", 0, "params", "floor")` -> "rules[1].params.floor"; positions count from one for people."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text
