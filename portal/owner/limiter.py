"""Count wrong codes per address, in this process: a code can't be guessed anyway, this keeps the noise down."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

ADDRESSES = 10_000


@dataclass
class Limiter:
    """At most `tries` misses per address in `seconds`; right codes are never held up (shared mobile addresses)."""

    tries: int
    seconds: int
    misses: dict[str, deque[datetime]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def miss(self, address: str, now: datetime) -> bool:
        """Note a wrong code; whether this address has used up its tries."""
        with self.lock:
            recent = self.misses.pop(address, deque(maxlen=self.tries + 1))
            while recent and recent[0] <= now - timedelta(seconds=self.seconds):
                recent.popleft()
            recent.append(now)
            if len(self.misses) >= ADDRESSES:
                del self.misses[next(iter(self.misses))]
            self.misses[address] = recent  # the newest stands last
            return len(recent) > self.tries
