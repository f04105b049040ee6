"""What the desk knows of a draw: its sheet, whose turn it is, what was tried, and the value the ledger holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Ballot, Call, Check, Client, Draw, Pick
from models.access.actor import Actor
from rules.calls import Outcome, Patience
from rules.draws import DrawMethod, DrawState, PickState
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.sheets import LedgerValue, Method, SheetRule, Target
from rules.text import _
from services import plans
from services.checks.sheets import Sheet, sheet_named
from services.draws.ruled import draw_rule_of
from services.locking import lock
from services.rounds.survey import survey_of

MOST = 1000
BY_PHONE = frozenset({DrawMethod.PHONE, DrawMethod.RANDOM})
FILLED = {DrawMethod.UNANNOUNCED: Method.UNANNOUNCED, DrawMethod.SPECIAL: Method.ON_SITE}


@dataclass(frozen=True)
class Line:
    """One pick of the list with what became of it so far."""

    pick: Pick
    calls: tuple[Call, ...]
    check: Check | None

    @property
    def outcomes(self) -> list[Outcome]:
        return [one.outcome for one in self.calls]

    @property
    def waits(self) -> bool:
        return self.pick.state is PickState.WAITING

    def is_for(self, account_id: int | None) -> bool:
        return account_id is not None and account_id in {self.pick.inspector_id, self.pick.second_id}

    def rested(self, now: datetime, patience: Patience) -> bool:
        """Whether the last attempt lies far enough behind."""
        return patience.rested(self.calls[-1].at if self.calls else None, now)


def lines(session: Session, draw: Draw) -> list[Line]:
    """Every pick by position, then id: an order that does not tell the strata; three statements whatever the size."""
    asked = select(Pick).where(Pick.draw_id == draw.id).order_by(Pick.position, Pick.target).limit(MOST)
    picks = session.scalars(asked.options(joinedload(Pick.client).joinedload(Client.area), joinedload(Pick.cadre))).all()
    ids = select(Pick.id).where(Pick.draw_id == draw.id)
    calls = session.scalars(select(Call).where(Call.pick_id.in_(ids)).order_by(Call.id)).all()
    checks = {one.pick_id: one for one in session.scalars(select(Check).where(Check.pick_id.in_(ids)).options(joinedload(Check.rule)))}
    return [Line(pick, tuple(one for one in calls if one.pick_id == pick.id), checks.get(pick.id)) for pick in picks]


def current(found: list[Line], asked: int, account_id: int | None, now: datetime, patience: Patience) -> Line | None:
    """The pick asked for, else the next one of the reader that waits and has rested."""
    named = next((one for one in found if one.pick.id == asked), None)
    return named or next((one for one in found if one.waits and one.is_for(account_id) and one.rested(now, patience)), None)


def sheet_for(session: Session, draw: Draw, day: datetime) -> Sheet:
    """The sheet that the draw's rule names, else the first of its method in force; raises RuleBroken("rule-missing")."""
    known = draw_rule_of(session, draw.rule) if draw.rule else None
    if known and known.sheet:
        return sheet_named(session, known.sheet, local_day(day))
    wanted = Method.PHONE if draw.method in BY_PHONE else FILLED[draw.method]
    rules = [one for one in plans.book(session).rules_of(SheetRule, local_day(day)) if one.params.target is Target.CLIENT]
    fitting = [one for one in rules if one.params.method is wanted] or [one for one in rules if one.params.method is not Method.PHONE]
    if not fitting:
        raise RuleBroken("rule-missing", _("方案文件里没有“{method}”用的检查表，请先载入。"), method=draw.method.label)
    return sheet_named(session, fitting[0].id, local_day(day))


def hold_pick(session: Session, pick: Pick, by: Actor) -> Draw:
    """The draw, with the pick held until the commit, waiting, and the actor's to check.

    Raises RuleBroken("draw-over", "pick-over"), NotAllowed("not-your-pick").
    """
    draw = session.get_one(Draw, pick.draw_id)
    lock(session, draw)
    lock(session, pick)
    if draw.state is not DrawState.DRAWN:
        raise RuleBroken("draw-over", _("这次抽查{state}，不能再填。"), state=draw.state.label)
    if by.account_id not in {pick.inspector_id, pick.second_id}:
        raise NotAllowed("not-your-pick", _("这一户抽定由别人核查，请由抽定的检查人员办理。"))
    if pick.state is not PickState.WAITING:
        raise RuleBroken("pick-over", _("这一户{state}；如果是在另一个页面办的，请刷新。"), state=pick.state.label)
    return draw


def ledger_of(session: Session, pick: Pick) -> dict[str, str]:
    """LedgerValue → what the ledger holds of this pick now; what it does not hold is left out."""
    held = {LedgerValue.CADRE.value: pick.cadre.name} if pick.cadre else {}
    ballot = session.scalar(select(Ballot).where(Ballot.invitation_id == pick.invitation_id)) if pick.invitation_id else None
    if ballot is not None:
        _rule, scale = survey_of(session, ballot.invitation.round)
        held[LedgerValue.RATING.value] = scale.at(ballot.level).code
    return held


def attempts(session: Session, pick: Pick) -> list[Call]:
    """Oldest first."""
    return list(session.scalars(select(Call).where(Call.pick_id == pick.id).order_by(Call.id)))
