"""Text from an address or a form, made safe before anything else sees it."""

LONGEST = 100
BIGGEST = 2**31 - 1  # keys and whole numbers are 32 bits wide on PostgreSQL
YEARS = range(1900, 2200)


def clean(text: str | None) -> str:
    """Without NUL bytes, lone surrogates and outer blanks; PostgreSQL refuses the first two."""
    return (text or "").replace("\0", "").encode("utf-8", "ignore").decode("utf-8").strip()


def short(text: str | None) -> str:
    """A cleaned search word of at most LONGEST characters."""
    return clean(text)[:LONGEST]


def whole(text: str | None, low: int, high: int, default: int) -> int:
    """A whole number between `low` and `high`; anything else becomes `default` or the nearer end."""
    text = clean(text)
    digits = text[1:] if text[:1] == "-" else text
    if not (digits.isascii() and digits.isdigit()):
        return default
    number = int(text) if len(text) < 20 else (low if text[0] == "-" else high)
    return min(max(number, low), high)


def key(text: str | None) -> int | None:
    """A primary key, or None where the text can't be one."""
    text = clean(text)
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text) if int(text) <= BIGGEST else None


def here(url: str | None, otherwise: str) -> str:
    """A way back inside this site; an address of another host is dropped."""
    url = clean(url)
    bad = not url.startswith("/") or url.startswith(("//", "/\\")) or any(ord(c) < 33 or c == "\\" for c in url)
    return otherwise if bad else url
