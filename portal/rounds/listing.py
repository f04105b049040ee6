"""The invitations of one round, filtered and paged, with a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, exists, func, or_, select

from models import Area, Cadre, Client, Invitation, Round, db
from portal.edge.numbers import whole
from portal.frame.showing import Pager
from rules.invitations import FLOW, OPEN, InvitationState
from rules.text import _

S = InvitationState
CHIPS: dict[str, tuple[str, frozenset[InvitationState]]] = {
    "": (_("全部"), frozenset(S)),
    "silent": (_("未答"), OPEN),
    "answered": (_("已答"), frozenset({S.ANSWERED})),
    "refused": (_("拒答"), frozenset({S.REFUSED})),
    "closed": (_("停业"), frozenset({S.CLOSED_SHOP})),
    "unreachable": (_("联系不上"), frozenset({S.UNREACHABLE})),
    "excluded": (_("暂不纳入"), frozenset({S.EXCLUDED})),
}
BY_HAND = {"invite": _("已送达"), "refuse": _("拒答"), "close_shop": _("停业"), "miss": _("联系不上"), "restore": _("撤销登记")}


@dataclass(frozen=True)
class Line:
    """One row of the list; `moves`: what a clerk may register now."""

    id: int
    serial: str
    enterprise: str
    village: str
    cadre: str
    channel: Any
    why: str
    state: InvitationState
    reminders: int
    phone_ok: bool
    told_by: str

    @property
    def moves(self) -> list[tuple[str, str]]:
        return [(one.name, BY_HAND[one.name]) for one in FLOW.allowed(self.state) if one.name in BY_HAND]

    @property
    def can_enter(self) -> bool:
        return self.state not in {S.ANSWERED, S.EXCLUDED}


@dataclass(frozen=True)
class Listing:
    lines: Sequence[Line]
    pager: Pager
    chip: str
    word: str
    village: int | None
    villages: Sequence[tuple[int, str]]


def listing(round_: Round, by_state: Mapping[InvitationState, int]) -> Listing:
    """What the query asks for; the reader's session leaves out what concerns himself. `by_state`: what it sees of the whole round."""
    chip = request.args.get("chip", "")
    chip = chip if chip in CHIPS else ""
    word, village = request.args.get("search", "").strip()[:100], request.args.get("village", type=whole)
    asked = _asked(round_, chip, word, village)
    pager = Pager(_count(asked) if word or village else sum(by_state.get(one, 0) for one in CHIPS[chip][1]))
    lines = [Line(*row) for row in db.session.execute(asked.limit(pager.size).offset(pager.offset), execution_options={"walk": True})]
    return Listing(lines, pager, chip, word, village, db.session.execute(_places(round_)).all())


def _count(asked: Select[Any]) -> int:
    """No further than the pages lead."""
    few = asked.order_by(None).with_only_columns(Invitation.id).limit(Pager.most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(few)) or 0


def _places(round_: Round) -> Select[Any]:
    """Where somebody is asked; each place is looked up in the index of the round's states."""
    asked = exists().where(Invitation.round_id == round_.id, Invitation.state.in_(S), Invitation.area_path == Area.path)
    return select(Area.id, Area.name).where(asked).order_by(Area.id)


def _asked(round_: Round, chip: str, word: str, village: int | None) -> Select[Any]:
    found = (
        select(
            Invitation.id, Invitation.serial, Client.name, Area.name, Cadre.name, Invitation.channel, Invitation.why,
            Invitation.state, Invitation.reminders, Invitation.phone_ok, Invitation.told_by,
        )
        .join(Client, Client.id == Invitation.client_id)
        .join(Area, Area.id == Invitation.area_id)
        .join(Cadre, Cadre.id == Invitation.cadre_id)
        .where(Invitation.round_id == round_.id)
        .order_by(Invitation.assignment_id)
    )  # fmt: skip
    if chip:
        found = found.where(Invitation.state.in_(CHIPS[chip][1]))
    if village:
        found = found.where(Invitation.area_id == village)
    if word:
        names = (Client.name, Client.pinyin, Cadre.name, Cadre.pinyin, Invitation.serial)
        found = found.where(or_(*(name.contains(word, autoescape=True) for name in names)))
    return found
