"""How a value looks to somebody who may know that it is there, but not what it is."""

STARS = "****"


def phone(value: str) -> str:
    """`19900000001` -> `199****0001`; a short number keeps its last two digits only."""
    return value[:3] + STARS + value[-4:] if len(value) >= 11 else STARS + value[-2:]


def id_number(value: str) -> str:
    """Keeps the first three (province and city) and the last two characters."""
    return value[:3] + "*" * max(len(value) - 5, 4) + value[-2:]


def name(value: str) -> str:
    """Keeps the family name: `王庚` -> `王*`."""
    return value[:1] + "*" * max(len(value) - 1, 1)


MASKS = {"phone": phone, "id_number": id_number, "name": name}


def masked(kind: str | None, value: str) -> str:
    """`value` behind mask `kind`; an unknown or missing kind shows nothing of it."""
    return MASKS[kind](value) if kind in MASKS and value else STARS
