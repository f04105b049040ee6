"""Anchors: the chain's head written outside the database every hour, so that a cut tail is noticed (trust F9, G35)."""

import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path

from sqlalchemy import select

from models import Event
from models.access.session import working
from models.vault import vault
from rules.periods import Period
from services.desk import Desk
from services.gateways.hook import HookGateway
from services.gateways.message import Busy, Refused
from services.sweeping import SWEEPER, Counts

FILE = "anchors.log"
log = logging.getLogger("lianxin.anchors")


@dataclass(frozen=True)
class Anchor:
    """At `at` (UTC, ISO) the newest event was number `event` with this chain value; `seal` is keyed."""

    at: str
    event: int
    chain: str
    seal: str = ""

    def sealed(self) -> str:
        """What `seal` must be."""
        text = f"{self.at}|{self.event}|{self.chain}"
        return hmac.new(vault().ring.derive("anchor", min(vault().ring.masters)), text.encode(), hashlib.sha256).hexdigest()


def write_anchor(desk: Desk, period: Period) -> Counts:
    """Append the head to the anchor file, and tell the outside hook when one is set."""
    with working(desk.engine, SWEEPER) as session:
        head = session.execute(select(Event.id, Event.chain).order_by(Event.id.desc()).limit(1)).first()
    if head is None:
        return {"anchors": 0}
    bare = Anchor(desk.clock().astimezone(UTC).isoformat(timespec="seconds"), head.id, head.chain)
    anchor = Anchor(bare.at, bare.event, bare.chain, bare.sealed())
    _append(desk.settings.home / FILE, anchor)
    return {"anchors": 1, "told": _tell(desk.settings.anchor_hook, anchor)}


def _append(path: Path, anchor: Anchor) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(json.dumps(asdict(anchor)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _tell(url: str, anchor: Anchor) -> int:
    """1 when the outside witness took it; a witness that is away doesn't stop the hour."""
    if not url:
        return 0
    try:
        HookGateway(url).post(f"anchor:{anchor.event}:{anchor.at}", asdict(anchor))
    except (Busy, Refused) as trouble:
        log.warning("anchor hook: %s", trouble)
        return 0
    return 1


class BadAnchor(ValueError):
    """A line of the anchor file that nobody with the key wrote."""


def read_anchors(home: Path) -> Iterator[Anchor]:
    """The anchors in the order written; raises BadAnchor naming the line."""
    path = home / FILE
    lines = path.read_text("utf8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            anchor = Anchor(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise BadAnchor(number) from error
        if not hmac.compare_digest(anchor.seal, anchor.sealed()):
            raise BadAnchor(number)
        yield anchor
