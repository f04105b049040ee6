"""How much of a number, an identity or a name is shown (GB/T 35273; standards.md §10)."""

import re


def mask_phone(text: str) -> str:
    """First three and last four digits: 199****0001; short numbers keep the last two."""
    digits = re.sub(r"\D", "", text)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"****{digits[-2:]}" if digits else ""


def mask_id_number(text: str) -> str:
    """First three and last four characters."""
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}" if len(text) > 7 else "*" * len(text)


def mask_name(text: str) -> str:
    """张*, 张*三."""
    if len(text) <= 1:
        return text
    return text[0] + "*" * max(1, len(text) - 2) + (text[-1] if len(text) > 2 else "")


MASKS = {"phone": mask_phone, "id_number": mask_id_number, "name": mask_name}


def mask(kind: str, text: str) -> str:
    """Mask `text` by its kind; unknown kinds show nothing."""
    return MASKS[kind](text) if kind in MASKS else ""
