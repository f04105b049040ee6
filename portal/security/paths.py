"""Where a page may send people: only into this house."""

from urllib.parse import urlsplit

from flask import request


def local(target: str | None) -> str | None:
    """`target` if it is a plain path of ours, else None."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    return target if not any(ord(sign) < 32 or sign == "\\" for sign in target) else None


def onward() -> str:
    """The safe `next` of this request, or the front page."""
    return local(request.values.get("next")) or "/"


def back(default: str) -> str:
    """The page this form came from, if it is ours."""
    parts = urlsplit(request.referrer or "")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return local(path) or default if parts.netloc == request.host else default
