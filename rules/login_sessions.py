"""How long a signed-in device stays signed in, and how many an account may have (ASVS 5.0 V7; GB/T 22239 8.1.4.1 b)."""

from datetime import datetime, timedelta

MOST = 2  # devices of one account at a time
TOUCH = timedelta(minutes=1)  # "last seen" is written at most this often
KEEP = timedelta(days=200)  # lists of ended devices outlast the six months of 网络安全法 第二十一条
FRESH = timedelta(minutes=10)  # a step-up proof is good for this long


def idle_limit(privileged: bool) -> timedelta:
    """Longest pause between two requests."""
    return timedelta(minutes=15 if privileged else 30)


def absolute_limit(privileged: bool) -> timedelta:
    """Longest time from sign-in, however busy."""
    return timedelta(hours=8 if privileged else 12)


def is_alive(started: datetime, seen: datetime, now: datetime, *, privileged: bool) -> bool:
    """Whether neither limit has been reached."""
    return now - seen < idle_limit(privileged) and now - started < absolute_limit(privileged)


def is_fresh(proven: datetime | None, now: datetime) -> bool:
    """Whether the person proved himself recently enough for a grave act."""
    return proven is not None and timedelta(0) <= now - proven < FRESH
