"""What people typed, without signs that no keyboard makes and no database takes."""

from flask import request

BIGGEST = 2**31 - 1


def text_of(name: str, most: int) -> str:
    """The form's or query's field `name`: printable, trimmed, at most `most` signs."""
    raw = request.values.get(name, "")[: most * 2]
    return "".join(sign for sign in raw if sign.isprintable()).strip()[:most]


def number_of(name: str) -> int:
    """The field as a row number; 0 for anything else."""
    value = request.form.get(name, 0, int)
    return value if 0 < value <= BIGGEST else 0


def numbers_of(name: str, most: int) -> list[int]:
    """All values of the field that can be row numbers."""
    return [value for value in request.form.getlist(name, int) if 0 < value <= BIGGEST][:most]
