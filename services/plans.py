"""Plan files into the database and back out as rules: loaded whole or not at all, never rewritten."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Clause, PlanFile, Policy, Rule
from models.access.actor import Actor
from models.audit import record
from rules.calendar import WEEKENDS_ONLY, WorkCalendar
from rules.errors import RuleBroken
from rules.plan import PlanBook, PlanPack, mark_text
from rules.plan import Rule as PlanRule
from rules.plan_load import load_holidays, load_pack
from rules.roles import Role
from rules.saying import said
from rules.text import _
from services.verbs import verb

HOLIDAYS = "holidays"


def book(session: Session) -> PlanBook:
    """All packs in force, parsed once per edition."""
    sources = session.execute(select(PlanFile.code, PlanFile.source).where(PlanFile.code != HOLIDAYS)).all()
    return _parse(tuple((code, source) for code, source in sorted(sources, key=lambda one: one[0] != "national")))


def calendar(session: Session) -> WorkCalendar:
    """The holiday table in force, else weekends only."""
    source = session.scalar(select(PlanFile.source).where(PlanFile.code == HOLIDAYS))
    return _holidays(source) if source else WEEKENDS_ONLY


@lru_cache(maxsize=8)
def _parse(sources: tuple[tuple[str, str], ...]) -> PlanBook:
    packs: tuple[PlanPack, ...] = ()
    for code, source in sources:
        packs = (*packs, load_pack(source, code, packs))
    return PlanBook(packs)


@lru_cache(maxsize=8)
def _holidays(source: str) -> WorkCalendar:
    return load_holidays(source, HOLIDAYS)


@verb("plan.load", _("载入方案文件"), Role.SYSTEM, Role.CLERK)
def load_plan(session: Session, text: str, filename: str, *, by: Actor, now: datetime) -> PlanFile:
    """Take a plan file; the same text again changes nothing.

    Raises PlanRefused, or RuleBroken("rule-rewritten") where a version already in use would change.
    """
    pack = load_pack(text, filename, book(session).packs)
    row = _file(session, pack.head.id, pack.head.title, text)
    if row.digest == _digest(text):
        return row
    row.source, row.digest = text, _digest(text)
    session.flush()
    clauses = _documents(session, row, pack)
    names = names_in([*book(session).packs, pack])
    for rule in pack.rules:
        version = _version(session, rule, clauses)
        version.params = {**version.params, "said": said(rule.params, names)}
    record(session, "plan.loaded", row, by=by, now=now, detail=pack.head.title)
    return row


@verb("holidays.load", _("载入节假日安排"), Role.SYSTEM, Role.CLERK)
def load_holiday_table(session: Session, text: str, filename: str, *, by: Actor, now: datetime) -> PlanFile:
    """Take a holiday table; raises PlanRefused."""
    load_holidays(text, filename)
    row = _file(session, HOLIDAYS, "节假日安排", text)
    if row.digest == _digest(text):
        return row
    row.source, row.digest = text, _digest(text)
    session.flush()
    record(session, "holidays.loaded", row, by=by, now=now)
    return row


def names_in(packs: Iterable[PlanPack]) -> dict[str, str]:
    """What the codes in plan files are called: rules, scales and their levels."""
    named: dict[str, str] = {}
    for pack in packs:
        named |= {rule.id: rule.title for rule in pack.rules} | {scale.id: scale.title for scale in pack.scales}
        named |= {level.code: level.label for scale in pack.scales for level in scale.levels}
    return named


def rule_row(session: Session, rule: PlanRule[Any]) -> Rule:
    """The stored row of one version, which facts point to; raises RuleBroken("rule-missing")."""
    found: Rule | None = session.scalar(select(Rule).where(Rule.code == rule.id, Rule.valid_from == rule.valid_from))
    if found is None:
        raise RuleBroken("rule-missing", _("规则“{id}”还没有载入，请先载入方案文件。"), id=rule.id)
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _file(session: Session, code: str, title: str, text: str) -> PlanFile:
    row = session.scalar(select(PlanFile).where(PlanFile.code == code))
    if row is None:
        row = PlanFile(code=code, title=title, source=text, digest="")
        session.add(row)
    row.title = title
    return row


def _documents(session: Session, file: PlanFile, pack: PlanPack) -> dict[str, Clause]:
    clauses: dict[str, Clause] = {}
    for document in pack.documents:
        policy = session.scalar(select(Policy).where(Policy.code == document.id))
        policy = policy or Policy(code=document.id, plan_file_id=file.id)
        policy.title, policy.number, policy.issuer = document.title, document.number, document.issuer
        policy.issued_on = document.issued_on
        session.add(policy)
        session.flush()
        for one in document.clauses:
            clause = session.scalar(select(Clause).where(Clause.code == one.id)) or Clause(code=one.id)
            clause.policy_id, clause.number, clause.quote = policy.id, one.number, one.text
            session.add(clause)
            clauses[one.id] = clause
    session.flush()
    return clauses


def _version(session: Session, rule: PlanRule[Any], clauses: dict[str, Clause]) -> Rule:
    text = mark_text(rule.params)
    mark = hashlib.sha256(text.encode()).hexdigest()
    row = session.scalar(select(Rule).where(Rule.code == rule.id, Rule.valid_from == rule.valid_from))
    if row is None:
        row = Rule(code=rule.id, valid_from=rule.valid_from, params={"mark": mark, "text": text})
        session.add(row)
    elif row.params["mark"] != mark:
        raise RuleBroken(
            "rule-rewritten",
            _("规则“{title}”{day}起的版本已经载入，不能改写；请另加一个新的生效日期。"),
            title=rule.title, day=rule.valid_from,
        )  # fmt: skip
    row.kind, row.title, row.valid_to, row.clause_id = rule.kind, rule.title, rule.valid_to, clauses[rule.clause].id
    return row
