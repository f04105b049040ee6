"""The leader's draw of the month over the answered ballots, frozen for him once its round is closed (QY-2.3c)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import Account, Area, Draw, Round
from models import Rule as RuleRow
from models.access.session import working
from rules.draw_rule import DrawRule
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.notices import Channel
from rules.plan import Rule
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services import plans
from services.draws.freezing import freeze
from services.draws.ruled import ask_for
from services.outbox import queue_notice
from services.turns import CLOCKWORK, each

OVER = (RoundState.CLOSED, RoundState.CHECKED, RoundState.FROZEN)
LATE = timedelta(days=45)  # a round that ended longer ago is not drawn from by itself


@dataclass(frozen=True)
class Due:
    """One round that nobody has drawn from yet."""

    round_id: int
    rule: Rule[DrawRule]

    def __str__(self) -> str:
        return f"draw {self.rule.id} of round {self.round_id}"


def draw_due(engine: Engine, now: datetime, public_url: str) -> dict[str, int]:
    """Every closed round whose leader has not drawn; a draw made void by hand is not made again."""
    with working(engine, CLOCKWORK) as session:
        due = list(_due(session, now))
    return each(engine, due, lambda session, one: _open(session, one, now))


def _due(session: Session, now: datetime) -> Iterator[Due]:
    drawn = select(Draw.round_id).where(Draw.round_id.is_not(None), Draw.led_by_id.is_not(None))
    for rule in plans.book(session).rules_of(DrawRule, local_day(now)):
        over = select(Round.id).join(RuleRow, RuleRow.id == Round.rule_id).where(
            RuleRow.code == rule.params.survey, Round.state.in_(OVER), Round.closes_at > now - LATE, Round.id.not_in(drawn),
        )  # fmt: skip
        if rule.params.monthly:
            yield from (Due(number, rule) for number in session.scalars(over.order_by(Round.id)).all())


def _open(session: Session, due: Due, now: datetime) -> str:
    round_ = session.get_one(Round, due.round_id)
    area, key = session.get_one(Area, round_.area_id), f"{due.rule.id}:{round_.id}"
    leaders = _leaders(session, due.rule, area)
    if len(leaders) != 1:
        for one in leaders:
            _tell(session, one, f"whose:{key}", _("{round}还没有抽查，请分管领导去抽").format(round=round_.title), "", "/draws/new", now)
        return "whose" if leaders else "nobody"
    (leader,) = leaders
    try:
        row = freeze(session, ask_for(session, due.rule, area, round_, leader), f"rule:{key}", by=CLOCKWORK, now=now)
    except RuleBroken as refusal:
        _tell(session, leader, f"not:{key}", _("{round}的抽查没有开成").format(round=round_.title), str(refusal), "/draws/new", now)
        return refusal.code
    _tell(session, leader, f"frozen:{key}", _("{purpose}：名单已固定，等您抽取").format(purpose=row.purpose), "", f"/draws/{row.id}", now)
    return "frozen"


def _leaders(session: Session, rule: Rule[DrawRule], area: Area) -> list[Account]:
    """Whoever led this draw the last time, else every leader of the place: the paper does not say which one."""
    found = select(Account).where(Account.role == Role.LEADER, Account.active, Account.area_id == area.id).order_by(Account.id)
    everybody = list(session.scalars(found))
    before = select(Draw.led_by_id).join(Round, Round.id == Draw.round_id).join(RuleRow, RuleRow.id == Round.rule_id)
    before = before.where(Draw.area_id == area.id, RuleRow.code == rule.params.survey, Draw.led_by_id.is_not(None))
    last = session.scalar(before.order_by(Draw.id.desc()).limit(1))
    return [one for one in everybody if one.id == last] or everybody


def _tell(session: Session, to: Account, key: str, subject: str, body: str, link: str, now: datetime) -> None:
    """A line in the inbox, once."""
    queue_notice(session, key=f"draws:{key}:{to.id}", channel=Channel.INBOX, subject=subject, body=body, run_at=now, account_id=to.id, link=link)
