"""User texts: Chinese source strings marked for the catalogue; the edge translates them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def _(message: str) -> str:
    """Mark a Chinese source string; the same string is the key of every other language."""
    return message


@dataclass(frozen=True)
class Note:
    """A sentence for a person, kept apart from its values so that the edge can translate it."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.message.format(**self.values)


def note(message: str, **values: object) -> Note:
    """`note(_("第{n}天"), n=3)`: a marked source string with its values."""
    return Note(message, values)
