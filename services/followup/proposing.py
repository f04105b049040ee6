"""Turn frozen results into drafts: feedback and order on a low one, proposed sanctions on the second dissatisfied."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Ballot, Order, Round, Sanction
from models import Rule as RuleRow
from models.access.actor import Actor
from models.audit import record
from rules.consequence import ConsequenceRule, CountPer, OutcomeKind, Proposal, Result, evaluate
from rules.localtime import local_day
from rules.months import Month
from rules.order_source import OrderSource
from rules.plan import Rule
from rules.rounds import RoundState
from rules.sanctions import SanctionState
from services import plans
from services.followup.drafting import draft
from services.rounds.survey import survey_of

INSTANT = timedelta(microseconds=1)
AT_A_TIME = 20


def propose(session: Session, round_: Round, *, by: Actor, now: datetime) -> int:
    """Write what the rules propose now that `round_` is frozen; returns how many rows were made.

    The same evidence never proposes twice: keys are unique and spent evidence is handed to the rule.
    """
    return sum(_write(session, round_, rule, proposal, by, now) for rule, proposal in proposals(session, round_, now))


def proposals(session: Session, round_: Round, now: datetime) -> list[tuple[Rule[ConsequenceRule], Proposal]]:
    """What would be drafted if `round_` were frozen now: orders and sanctions, each with its evidence."""
    book, today = plans.book(session), local_day(now)
    survey, scale = survey_of(session, round_)
    rules = [rule for rule in book.rules_of(ConsequenceRule) if rule.params.survey == survey.id]
    made: list[list[Proposal]] = [[] for _rule in rules]
    for cadres in _rated(session, round_):
        history = list(_history(session, round_, cadres))
        for found, rule in zip(made, rules, strict=True):
            found += evaluate(history, rule, scale, today, _spent(session, rule, cadres))
    both = [(rule, one) for rule, found in zip(rules, made, strict=True) for one in found]
    return [(rule, one) for rule, one in both if one.outcome.kind is not OutcomeKind.FEEDBACK]  # told on the order


def _rated(session: Session, round_: Round) -> Iterator[list[int]]:
    """The rated people of this survey in this township, some at a time: nobody's outcome rests on another's answers."""
    rated = _counted(select(Ballot.cadre_id).distinct(), round_)
    ids = sorted(session.scalars(rated), key=str)
    for start in range(0, len(ids), AT_A_TIME):
        yield ids[start : start + AT_A_TIME]


def _counted(found: Any, round_: Round) -> Any:
    """Ballots of this round and all frozen ones of this survey in this township, whatever version they ran under."""
    counted = or_(Round.state == RoundState.FROZEN, Round.id == round_.id)
    joined = found.where(Ballot.voided_at.is_(None)).join(Round, Round.id == Ballot.round_id).join(RuleRow, RuleRow.id == Round.rule_id)
    return joined.where(Round.area_id == round_.area_id, RuleRow.code == round_.rule.code, counted)


def _history(session: Session, round_: Round, cadres: list[int]) -> Iterable[Result]:
    facts = select(Ballot.id, Ballot.cadre_id, Ballot.level, Round.id, Round.month, Round.closed_at, Round.closes_at)
    rows: Any = session.execute(_counted(facts, round_).where(Ballot.cadre_id.in_(cadres)))
    for ballot, cadre, level, round_id, month, closed_at, closes_at in rows:
        on = local_day(min(closed_at or closes_at, closes_at) - INSTANT)  # closes_at is the first that is too late
        yield Result(str(round_id), Month.parse(month), on, str(ballot), str(cadre), level)


def _spent(session: Session, rule: Rule[ConsequenceRule], cadres: list[int]) -> set[tuple[str, str]]:
    """(cadre, round or ballot) pairs that earlier proposals of this rule rest on."""
    code = RuleRow.code == rule.id
    orders = session.execute(select(Order.cadre_id, Order.evidence).join(RuleRow).where(code, Order.cadre_id.in_(cadres)))
    sanctions = session.execute(select(Sanction.cadre_id, Sanction.evidence).join(RuleRow).where(code, Sanction.cadre_id.in_(cadres), Sanction.state != SanctionState.WITHDRAWN))
    return {(str(cadre), one["id"]) for cadre, evidence in (*orders, *sanctions) for one in evidence}


def _write(
    session: Session, round_: Round, rule: Rule[ConsequenceRule], proposal: Proposal, by: Actor, now: datetime
) -> int:
    evidence = [
        {"id": one.id, "month": str(one.month), "ballots": list(one.ballots), "n": one.n} for one in proposal.evidence
    ]
    shared = {
        "key": proposal.key, "cadre_id": int(proposal.cadre), "rule_id": plans.rule_row(session, rule).id,
        "basis": str(rule.basis), "evidence": evidence, "area_id": round_.area_id, "area_path": round_.area_path,
    }  # fmt: skip
    if proposal.outcome.kind is OutcomeKind.ORDER:
        _order(session, proposal, shared, by, now)
        return 1
    row = _sanction(proposal, shared, now)
    session.add(row)
    session.flush()
    record(session, f"{row.__tablename__}.proposed", row, by=by, now=now)
    return 1


def _order(session: Session, proposal: Proposal, shared: dict[str, Any], by: Actor, now: datetime) -> Order:
    evidence = proposal.evidence[-1]
    return draft(
        session, **shared, by=by, now=now, round_id=_round_of(session, proposal),
        matter=f"{evidence.month.label}企业满意度测评有“一般”及以下评价",
        source=OrderSource.RATING, feedback="", request="请主动上门听取意见，针对问题整改，并在期限内书面答复。",
    )  # fmt: skip


def _round_of(session: Session, proposal: Proposal) -> int:
    """The round of the last occurrence, whose id is a round's or a ballot's as the rule counts."""
    number = int(proposal.evidence[-1].id)
    return number if proposal.rule.params.count_per is CountPer.ROUND else session.get_one(Ballot, number).round_id


def _sanction(proposal: Proposal, shared: dict[str, Any], now: datetime) -> Sanction:
    return Sanction(
        **shared, code=proposal.outcome.code, title=proposal.outcome.title, proposed_at=now,
        validity_months=proposal.outcome.validity_months, state=SanctionState.PROPOSED,
    )  # fmt: skip
