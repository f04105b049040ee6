"""How much of a number, an identity or a name is shown (GB/T 35273; standards.md §10)."""

import re

STARS = "****"


def phone(text: str) -> str:
    """`19900000001` -> `199****0001`; a short number keeps its last two digits."""
    digits = re.sub(r"\D", "", text)
    return digits[:3] + STARS + digits[-4:] if len(digits) >= 11 else STARS + digits[-2:]


def id_number(text: str) -> str:
    """Keeps the first three and the last four characters."""
    return text[:3] + "*" * (len(text) - 7) + text[-4:] if len(text) > 9 else STARS


def name(text: str) -> str:
    """张* and 张*三."""
    return text[:1] + "*" * max(1, len(text) - 2) + (text[-1] if len(text) > 2 else "")


MASKS = {"phone": phone, "id_number": id_number, "name": name}


def masked(kind: str | None, text: str) -> str:
    """`text` behind mask `kind`; an unknown or missing kind shows nothing of it."""
    return MASKS[kind](text) if kind in MASKS and text else STARS
