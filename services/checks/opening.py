"""A sheet is opened for one unit or client by people who have nothing to do with it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import Account, Area, Assignment, Cadre, Check, Client, Pick, Recusal, Signer, Unit
from models.access.actor import Actor
from models.audit import record
from rules.checks import CheckState, check_named
from rules.errors import NotAllowed, RuleBroken
from rules.localtime import local_day
from rules.places import AreaLevel
from rules.roles import Role
from rules.sheets import Target
from rules.text import _
from services import plans
from services.checks.picks import hold_pick, sheet_for
from services.checks.sheets import Sheet, sheet_named
from services.locking import lock
from services.same_person import self_of
from services.verbs import verb

INSPECTORS = (Role.DISCIPLINE, Role.LEADER)


@verb("check.open", _("开始一次检查"), Role.DISCIPLINE)
def open_sheet(
    session: Session, subject: Unit | Client, code: str, others: Collection[int], *, by: Actor, now: datetime
) -> Check:
    """A draft for `subject` on the sheet `code`, signed later by the actor and `others` (account ids).

    The same sheet for the same subject that he has not finished is found again, not opened twice.
    Raises RuleBroken("rule-missing", "check-whom", "inspectors-few", "inspector-odd"), NotAllowed("inspector-conflict").
    """
    sheet = sheet_named(session, code, local_day(now))
    if (sheet.rule.params.target is Target.UNIT) != isinstance(subject, Unit):
        raise RuleBroken("check-whom", _("这张检查表查的是{target}，请重新选择。"), target=sheet.rule.params.target.label)
    lock(session, subject)
    people = _people(session, [by.account_id or 0, *others])
    check_named({one.person for one in people}, sheet.rule.params.signers)
    for one in people:
        check_apart(session, one, subject)
    row = _begun(session, subject, sheet, by, now)
    if row.id is None:
        session.add(row)
        session.flush()
        session.add_all([Signer(check_id=row.id, account_id=one.id, name=one.person) for one in people])
        session.flush()
        record(session, "check.open", row, by=by, now=now)
    return row


@verb("check.open_pick", _("到现场检查抽中的对象"), Role.DISCIPLINE, Role.LEADER)
def open_for(session: Session, pick: Pick, *, by: Actor, now: datetime) -> Check:
    """The sheet of a draw's method for one of those drawn, signed later by whom the dice chose; again it is the same one.

    Raises as `hold_pick`, RuleBroken("rule-missing").
    """
    draw = hold_pick(session, pick, by)
    known: Check | None = session.scalar(select(Check).where(Check.pick_id == pick.id))
    if known is not None:
        return known
    sheet = sheet_for(session, draw, now)
    row = Check(
        rule_id=plans.rule_row(session, sheet.rule).id, pick_id=pick.id, client_id=pick.client_id, cadre_id=pick.cadre_id,
        area_id=draw.area_id, area_path=draw.area_path, made_by=by.name, made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    people = [session.get_one(Account, number) for number in (pick.inspector_id, pick.second_id) if number]
    session.add_all([Signer(check_id=row.id, account_id=one.id, name=one.person) for one in people])
    session.flush()
    record(session, "check.open", draw, by=by, now=now)
    return row


def able(session: Session, by: Actor) -> list[Account]:
    """Who else may be named beside the actor: inspectors and leaders whose area holds his."""
    found = select(Account).where(Account.active, Account.role.in_(INSPECTORS), Account.id != by.account_id)
    return [one for one in session.scalars(found.order_by(Account.id).limit(200)) if by.area_path.startswith(one.area.path)]


def check_apart(session: Session, account: Account, subject: Unit | Client) -> None:
    """Nobody looks at his own unit, at whom he covers, at whom he declared or at who answers for it.

    Raises NotAllowed("inspector-conflict").
    """
    cadre = self_of(session, account)
    own = cadre is not None and isinstance(subject, Unit) and cadre.unit_id == subject.id
    held = select(Assignment.id).where(Assignment.client_id == subject.id, Assignment.cadre_id == (cadre.id if cadre else 0), Assignment.until.is_(None))
    told = select(Recusal.id).where(Recusal.account_id == account.id, Recusal.client_id == subject.id, Recusal.until.is_(None))
    if own or session.scalar(_related(account, subject)) is not None or (isinstance(subject, Client) and any(session.scalar(one.limit(1)) for one in (held, told))):
        raise NotAllowed("inspector-conflict", _("{name}与“{subject}”有关联（本单位、本人包抓或已申报回避），要回避，请换人检查。").format(name=account.person, subject=subject.name))


def _related(account: Account, subject: Unit | Client) -> Select[int]:
    """A relation that the account declared to somebody who serves in the unit or covers the client."""
    if isinstance(subject, Unit):
        theirs = select(Cadre.id).where(Cadre.unit_id == subject.id, Cadre.until.is_(None))
    else:
        theirs = select(Assignment.cadre_id).where(Assignment.client_id == subject.id, Assignment.until.is_(None))
    return select(Recusal.id).where(Recusal.account_id == account.id, Recusal.cadre_id.in_(theirs), Recusal.until.is_(None)).limit(1)


def _people(session: Session, ids: Collection[int]) -> list[Account]:
    found = session.scalars(select(Account).where(Account.id.in_(ids), Account.active, Account.role.in_(INSPECTORS))).all()
    if len(found) < len(set(ids)):
        raise RuleBroken("inspector-odd", _("有一名检查人员的账号已停用或不是纪检、领导，请重新选择。"))
    return list(found)


def _begun(session: Session, subject: Unit | Client, sheet: Sheet, by: Actor, now: datetime) -> Check:
    """The unfinished one of the same person, or a new row that is not yet added."""
    rule = plans.rule_row(session, sheet.rule)
    column = Check.unit_id if isinstance(subject, Unit) else Check.client_id
    mine = Check.id.in_(select(Signer.check_id).where(Signer.account_id == by.account_id))
    asked = select(Check).where(Check.rule_id == rule.id, column == subject.id, Check.state == CheckState.DRAFT, mine)
    row: Check | None = session.scalar(asked.order_by(Check.id.desc()).limit(1))
    if row is not None:
        return row
    place = township_of(subject.area)
    row = Check(rule_id=rule.id, area_id=place.id, area_path=place.path, made_by=by.name, made_at=now)
    if isinstance(subject, Unit):
        row.unit_id = subject.id
    else:
        row.client_id, row.cadre_id = subject.id, holder_of(session, subject.id)
    return row


def holder_of(session: Session, client_id: int) -> int | None:
    """Who covers the client today, first named first."""
    asked = select(Assignment.cadre_id).where(Assignment.client_id == client_id, Assignment.until.is_(None))
    return session.scalar(asked.order_by(Assignment.id).limit(1))


def township_of(area: Area) -> Area:
    """The township above a place, or the place itself where there is none."""
    place: Area | None = area
    while place is not None and place.level is not AreaLevel.TOWNSHIP:
        place = place.parent
    return place or area
