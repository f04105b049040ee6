"""Posts with A and B: who acts today. While A is away B takes over, and the word goes back by itself (CK-3.1, SPX-2.1b)."""

from dataclasses import dataclass
from datetime import date

from rules.choices import Choice
from rules.text import _


class PostKind(Choice):
    """A grid has one head; linked party members and grid workers are many."""

    GRID_HEAD = "grid_head", _("网格长")
    GRID_MEMBER = "grid_member", _("网格员、联户党员")
    SECRETARY = "secretary", _("村（社区）党支部书记")
    WINDOW = "window", _("窗口岗位")
    STAFF = "staff", _("站所岗位")
    OTHER = "other", _("其他")


class Rank(Choice):
    A = "a", _("A岗")
    B = "b", _("B岗")


MANY = frozenset({PostKind.GRID_MEMBER})  # held by several at once
ONE_PER_PLACE = frozenset({PostKind.GRID_HEAD, PostKind.SECRETARY})  # whatever the title says


@dataclass(frozen=True)
class Away:
    """Both days included; no last day: until further notice."""

    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)


def acting(a: Away | None, b: Away | None, day: date) -> Rank | None:
    """Whose word counts on `day`: A unless absent or vacant, else B, else nobody."""
    if a is not None and not a.on(day):
        return Rank.A
    return Rank.B if b is not None and not b.on(day) else None


def slot_of(kind: PostKind, title: str, area_id: int, unit_id: int | None, cadre_id: int) -> str:
    """Two current rows with one slot and rank would hold the same post."""
    if kind in MANY:
        return f"{kind.value}:{area_id}:{cadre_id}"
    if kind in ONE_PER_PLACE:
        return f"{kind.value}:{area_id}"
    return f"{kind.value}:{area_id}:{unit_id or 0}:{title}"
