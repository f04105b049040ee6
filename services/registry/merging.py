"""Two rows found to be one: everything of the one goes to the other in one transaction, and back again if that was wrong."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models import Assignment, Client, Contact, Double, Invitation, Post, Round, Unit
from models.access.actor import Actor
from models.audit import record
from rules.doubles import DoubleKind, DoubleState
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.roles import Role
from rules.rounds import ASKING, RoundState
from rules.text import _
from services.locking import lock
from services.own_matters import raters
from services.registry.references import move_all, point, rows_of
from services.registry.taking_over import WHY, close, give_back, reopen, take_over
from services.verbs import verb

MODELS: dict[DoubleKind, Any] = {DoubleKind.CLIENT: Client, DoubleKind.UNIT: Unit, DoubleKind.CONTACT: Contact}
UNSETTLED = (*ASKING, RoundState.CLOSED, RoundState.CHECKED)


@verb("double.differ", _("认定不是同一家"), Role.CLERK)
def differ(session: Session, double: Double, remark: str, *, by: Actor, now: datetime) -> None:
    """The pair is not proposed again; raises RuleBroken("double-settled")."""
    lock(session, double)
    if double.state is DoubleState.MERGED:
        raise RuleBroken("double-settled", _("这两条已经合并；如果合错了，请先撤销合并。"))
    _decide(double, DoubleState.DIFFERENT, remark, by, now)
    record(session, "double.differ", double, by=by, now=now, detail=remark.strip())


@verb("double.merge", _("合并重复档案"), Role.CLERK)
def merge(session: Session, double: Double, keep: int, remark: str, *, by: Actor, now: datetime) -> None:
    """The row `keep` takes over everything of the other, which stays as a pointer to it.

    Raises RuleBroken("double-settled"), ("keep-unclear"), ("merge-gone"), ("merge-kinds"), ("own-client"),
    ("merge-round"), ("merge-clash").
    """
    lock(session, double)
    if double.state is DoubleState.MERGED:
        raise RuleBroken("double-settled", _("这两条已经合并过了。"))
    kept, gone = _both(session, double, keep)
    _check(session, kept, gone, by)
    ended = _free(session, kept, gone, now)
    moved = move_all(session, kept, gone)
    took, stood = take_over(session, kept, gone), close(gone, kept, local_day(now))
    _decide(double, DoubleState.MERGED, remark, by, now)
    double.kept_id, double.trace = kept.id, {"ended": ended, "moved": moved, "took": took, "stood": stood}
    _repoint(session, double.kind, gone.id, kept.id)
    said = f"“{gone.name}”（编号{gone.id}）并入“{kept.name}”（编号{kept.id}）：{remark.strip() or double.why}"
    record(session, "double.merge", kept, by=by, now=now, detail=said)


@verb("double.undo", _("撤销合并"), Role.CLERK)
def undo(session: Session, double: Double, *, by: Actor, now: datetime) -> None:
    """Everything that moved goes back, as long as nothing was built on it.

    Raises RuleBroken("not-merged"), ("merge-used"), ("own-client").
    """
    lock(session, double)
    if double.state is not DoubleState.MERGED or double.kept_id is None:
        raise RuleBroken("not-merged", _("这两条没有合并，不用撤销。"))
    model, trace = MODELS[double.kind], double.trace
    kept = session.get_one(model, double.kept_id)
    gone = session.get_one(model, double.first_id + double.second_id - double.kept_id)
    rows = rows_of(session, trace["moved"])
    _check_undo(session, kept, gone, rows, by)
    for row, key in rows:
        point(session, row, key, gone)
    for row in session.scalars(select(Assignment).where(Assignment.id.in_(trace["ended"]))):
        row.until, row.reason = None, ""
    give_back(session, kept, gone, trace["took"])
    reopen(gone, trace["stood"])
    double.state, double.kept_id, double.trace = DoubleState.OPEN, None, {}
    record(session, "double.undo", kept, by=by, now=now, detail=f"“{gone.name}”（编号{gone.id}）从“{kept.name}”分出")


def _both(session: Session, double: Double, keep: int) -> tuple[Any, Any]:
    pair = {double.first_id, double.second_id}
    if keep not in pair:
        raise RuleBroken("keep-unclear", _("请选择保留哪一条。"))
    rows: dict[int, Any] = {number: session.get(MODELS[double.kind], number) for number in sorted(pair)}
    if any(row is None or row.merged_into_id for row in rows.values()):
        raise RuleBroken("merge-gone", _("其中一条已经并入别的档案，请重新查重。"))
    for row in rows.values():
        lock(session, row)
    (other,) = pair - {keep}
    return rows[keep], rows[other]


def _check(session: Session, kept: Any, gone: Any, by: Actor) -> None:
    if isinstance(kept, Unit):
        _check_posts(session, kept, gone)
    if not isinstance(kept, Client):
        return
    if kept.kind is not gone.kind:
        raise RuleBroken("merge-kinds", _("两条不是同一种档案（{a}、{b}），不能合并。"), a=kept.kind.label, b=gone.kind.label)
    _check_own(session, kept, gone, by)
    if len(_in_rounds(session, kept, gone)) > 1:
        raise RuleBroken("merge-round", _("两条都在还没归档的测评里，现在合并会改掉这一轮的名单。请等这一轮归档后再合并。"))


def _check_undo(session: Session, kept: Any, gone: Any, rows: list[tuple[Any, str]], by: Actor) -> None:
    if gone.merged_into_id != kept.id or any(getattr(row, key) != kept.id for row, key in rows):
        raise RuleBroken("merge-used", _("合并后又有别的变动（例如再次合并），不能整个撤销，请逐条更正。"))
    if not isinstance(kept, Client):
        return
    _check_own(session, kept, gone, by)
    moved = {type(row): [one.id for one, _key in rows if type(one) is type(row)] for row, _key in rows}
    since = select(Invitation.id).where(Invitation.assignment_id.in_(moved.get(Assignment, ())), Invitation.id.not_in(moved.get(Invitation, ())))
    if session.scalar(since.limit(1)) or _in_rounds(session, kept, gone):
        raise RuleBroken("merge-used", _("合并后已经开过测评，不能撤销；确实合错的，请重新建档并移交责任。"))


def _check_own(session: Session, kept: Client, gone: Client, by: Actor) -> None:
    if {kept.id, gone.id} & raters(session, by.cadre_id):
        raise RuleBroken("own-client", _("其中有由您负责、对您作评价的，请交由其他同志办理。"))


def _in_rounds(session: Session, *clients: Client) -> set[int]:
    """Which of these a round that isn't frozen asks."""
    asked = select(Invitation.client_id).join(Round, Round.id == Invitation.round_id)
    return set(session.scalars(asked.where(Round.state.in_(UNSETTLED), Invitation.client_id.in_([one.id for one in clients]))))


def _free(session: Session, kept: Any, gone: Any, now: datetime) -> list[int]:
    """End responsibilities of a kind that the one kept has already, so that nothing is held twice."""
    if not isinstance(kept, Client):
        return []
    has = select(Assignment.kind).where(Assignment.client_id == kept.id, Assignment.until.is_(None))
    rows = list(session.scalars(select(Assignment).where(Assignment.client_id == gone.id, Assignment.until.is_(None), Assignment.kind.in_(has))))
    for row in rows:
        row.until, row.reason = max(local_day(now), row.since), WHY
    session.flush()
    return [row.id for row in rows]


def _check_posts(session: Session, kept: Unit, gone: Unit) -> None:
    seen: dict[Any, int | None] = {}
    for post in session.scalars(select(Post).where(Post.unit_id.in_((kept.id, gone.id)), Post.until.is_(None))):
        if seen.setdefault((post.kind, post.title, post.area_id, post.rank), post.unit_id) != post.unit_id:
            raise RuleBroken("merge-clash", _("两个单位都有在任的“{post}”，请先终止其中一条再合并。"), post=post.words)


def _repoint(session: Session, kind: DoubleKind, gone: int, kept: int) -> None:
    """What was said of the row that is gone counts for the one kept: “not the same” stays remembered."""
    session.flush()
    about = or_(Double.first_id == gone, Double.second_id == gone)
    for row in session.scalars(select(Double).where(Double.kind == kind, Double.state != DoubleState.MERGED, about)).all():
        other = row.second_id if row.first_id == gone else row.first_id
        low, high = min(other, kept), max(other, kept)
        there = select(func.count(Double.id)).where(Double.kind == kind, Double.first_id == low, Double.second_id == high)
        if low == high or session.scalar(there):
            session.delete(row)
        else:
            row.first_id, row.second_id = low, high
        session.flush()


def _decide(double: Double, state: DoubleState, remark: str, by: Actor, now: datetime) -> None:
    double.state, double.remark = state, remark.strip()[:200]
    double.decided_by, double.decided_at = by.name, now
