"""How instants, days and states look on a page, and pages of a long list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Flask, g, request, url_for

from portal.edge.clock import now
from rules.board_rule import Colour
from rules.boards import BoardState as B
from rules.checks import CheckState as C
from rules.draws import DrawState as D
from rules.invitations import InvitationState as I
from rules.localtime import local, local_day
from rules.orders import OrderState as O
from rules.publications import PublicationState as P
from rules.rounds import RoundState as R
from rules.sanctions import SanctionState as S
from services.verbs import may

TONES: dict[str, tuple[Any, ...]] = {
    "info": (R.OPEN, I.INVITED, O.ISSUED, O.RECEIVED, O.REPLIED, S.CONFIRMED, C.SIGNED, D.DRAWN, B.CONFIRMED, B.TOLD, B.UPHELD),
    "warn": (R.CLOSED, R.CHECKED, I.UNREACHABLE, I.EXCLUDED, O.DRAFT, S.PROPOSED, S.UNDER_REVIEW, S.UNDER_APPEAL, C.DRAFT, D.FROZEN, D.COMMITTED, B.PROPOSED, B.OBJECTED, P.ASKED),
    "bad": (I.REFUSED, O.RETURNED, S.NOTIFIED, S.REPLIED, S.UPHELD, S.FINAL, Colour.BLACK),
    "ok": (R.FROZEN, I.ANSWERED, O.VERIFIED, O.CANCELLED, C.CLOSED, D.CLOSED, B.PUBLISHED, P.LIVE, Colour.RED),
}
TONE_OF = {(type(state), state): tone for tone, states in TONES.items() for state in states}  # codes repeat across kinds
SIZE = 20
MOST_PAGES = 500


def when(moment: datetime | None) -> str:
    """`2026-11-20 10:00` on the township's clock."""
    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else ""


def day(moment: datetime) -> str:
    """`2026-11-20` on the township's wall."""
    return f"{local_day(moment)}"


def until(moment: datetime) -> str:
    """The end of a time: midnight is told as 24:00 of the day before."""
    here = local(moment)
    if here.time() != time():
        return when(moment)
    return f"{here.date() - timedelta(days=1)} 24:00"


def due_tag(due_on: date | None) -> tuple[str, str]:
    """("超期2天", "bad"), ("今天到期", "warn"), ("还有3天", "info")."""
    if due_on is None:
        return "", ""
    left = (due_on - local_day(now())).days
    if left < 0:
        return f"超期{-left}天", "bad"
    return ("今天到期", "warn") if left == 0 else (f"还有{left}天", "warn" if left <= 2 else "info")


@dataclass(frozen=True)
class Pager:
    """One page of `total` rows, counted up to `most` + 1; addresses keep the other arguments."""

    total: int
    size: int = SIZE
    most: int = SIZE * MOST_PAGES

    @property
    def capped(self) -> bool:
        """There are more rows than pages lead to."""
        return self.total > self.most

    @property
    def said(self) -> str:
        return f"{self.most}+" if self.capped else str(self.total)

    @property
    def last(self) -> int:
        return max(-(-min(self.total, self.most) // self.size) - 1, 0)

    @property
    def page(self) -> int:
        asked = request.args.get("page", 0, type=int)
        return min(max(asked, 0), self.last)

    @property
    def offset(self) -> int:
        return self.page * self.size

    @property
    def numbers(self) -> Iterator[int | None]:
        """Pages to offer; None is a gap."""
        near = {0, self.last, *range(self.page - 2, self.page + 3)}
        shown = sorted(n for n in near if 0 <= n <= self.last)
        for before, n in zip([-1, *shown], shown, strict=False):
            yield from [None, n] if n - before > 1 else [n]

    def url(self, n: int) -> str:
        return address(page=n)


def address(**changes: Any) -> str:
    """This page's address with other arguments; empty ones are left out."""
    kept = {**request.args.to_dict(), **changes}
    arguments = {**(request.view_args or {}), **{key: value for key, value in kept.items() if value not in ("", None)}}
    return url_for(request.endpoint or "", **arguments)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(when=when, until=until, day=day)
    app.jinja_env.globals.update(
        due_tag=due_tag, address=address, tone_of=lambda state: TONE_OF.get((type(state), state), ""),
        can=lambda name: g.actor is not None and may(g.actor, name),
    )  # fmt: skip
