"""A JSON web hook: POST {key, channel, to, subject, text} with an Idempotency-Key; any 2xx or 409 means taken."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from rules.notices import Channel
from services.gateways.message import Busy, Message, Refused

SECONDS = 10.0
ALREADY_TAKEN = 409
TRY_AGAIN = frozenset({408, 425, 429})


class HookGateway:
    """`url` is http(s)://host:port/path; redirects are not followed."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        self.parts, self.seconds = urlsplit(url), seconds

    def serves(self, channel: Channel) -> bool:
        return channel is not Channel.INBOX

    def send(self, message: Message) -> None:
        body = {
            "key": message.key, "channel": message.channel.value, "to": message.to,
            "subject": message.subject, "text": message.text,
        }  # fmt: skip
        self.post(message.key, body)

    def post(self, key: str, body: Mapping[str, object]) -> None:
        """One request; raises Busy or Refused."""
        try:
            status = self._post(key, json.dumps(dict(body), ensure_ascii=False).encode())
        except (OSError, HTTPException) as error:
            raise Busy(type(error).__name__) from error
        if status >= 500 or status in TRY_AGAIN:
            raise Busy(f"HTTP {status}")
        if not 200 <= status < 300 and status != ALREADY_TAKEN:
            raise Refused(f"HTTP {status}")

    def _post(self, key: str, body: bytes) -> int:
        kind = HTTPSConnection if self.parts.scheme == "https" else HTTPConnection
        connection = kind(self.parts.hostname or "", self.parts.port, timeout=self.seconds)
        target = (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
        try:
            connection.request("POST", target, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()
