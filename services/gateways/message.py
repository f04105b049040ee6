"""What a gateway is given and how it says no."""

from dataclasses import dataclass
from typing import Protocol

from rules.notices import Channel


class Busy(Exception):
    """Not now: time-out, refused connection, 5xx; the same message is tried again under the same key."""


class Refused(Exception):
    """Never: the gateway understood and said no."""


@dataclass(frozen=True)
class Message:
    """One text on its way out; `key` lets a gateway recognise a repeat."""

    key: str
    channel: Channel
    to: str
    subject: str
    body: str
    link: str

    @property
    def text(self) -> str:
        """Body and link in one line, as an SMS carries them."""
        return " ".join(part for part in (self.body or self.subject, self.link) if part)


class Gateway(Protocol):
    """`send` returns when the gateway has taken the message; raises Busy or Refused."""

    def serves(self, channel: Channel) -> bool: ...

    def send(self, message: Message) -> None: ...
