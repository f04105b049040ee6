"""Enumerations with a stored code and a Chinese label, said once."""

from enum import StrEnum


class Choice(StrEnum):
    """`OPEN = "open", _("已打开")`: the value is the code, `.label` the text."""

    label: str

    def __new__(cls, code: str, label: str) -> "Choice":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    def __str__(self) -> str:
        return self.label

    @classmethod
    def options(cls) -> list[tuple[str, str]]:
        """(code, label) pairs in the order written."""
        return [(member.value, member.label) for member in cls]
