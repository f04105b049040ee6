"""How many wrong tries are taken before the door stays shut for a while (GB/T 22239-2019 8.1.4.1 b 登录失败处理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NO_WAIT = timedelta(0)
SERIES = timedelta(minutes=30)  # tries further apart than this belong to different series
FREE, FIRST_PAUSE, LONGEST_PAUSE = 5, timedelta(minutes=1), timedelta(minutes=15)
KEEP = timedelta(days=2)  # attempts older than this count for nothing


@dataclass(frozen=True)
class Limit:
    """At most `most` wrong tries within `within`."""

    most: int
    within: timedelta

    def wait(self, fails: Sequence[datetime], now: datetime) -> timedelta:
        """Time until the next try is taken; zero if it may be made now."""
        recent = sorted(at for at in fails if at > now - self.within)
        return NO_WAIT if len(recent) < self.most else recent[-self.most] + self.within - now


ADDRESS = Limit(10, timedelta(minutes=5))
EVERYBODY = Limit(1000, timedelta(minutes=5))
CODES = (Limit(5, timedelta(minutes=5)), Limit(20, timedelta(hours=1)), Limit(50, timedelta(days=1)))


def account_wait(fails: Sequence[datetime], now: datetime) -> timedelta:
    """The fifth wrong password of a series shuts the account for a minute, each further one doubles it up to 15."""
    length = series_length(fails, now)
    if length < FREE:
        return NO_WAIT
    pause = min(FIRST_PAUSE * (1 << min(length - FREE, 8)), LONGEST_PAUSE)
    return max(max(fails) + pause - now, NO_WAIT)


def series_length(fails: Sequence[datetime], now: datetime) -> int:
    """Wrong tries up to now with no longer break between them than `SERIES`."""
    length, later = 0, now
    for at in sorted(fails, reverse=True):
        if later - at > SERIES:
            break
        length, later = length + 1, at
    return length


def code_wait(fails: Sequence[datetime], now: datetime) -> timedelta:
    """The longest wait of the three limits on second-factor codes."""
    return max(limit.wait(fails, now) for limit in CODES)
