"""电话抽查: dial, write down each attempt, keep the answer before the ledger is shown, explain what differs (SJ-3.2, QY-2.3c)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Call, Check, Client, Draw, Pick, Signer
from models.access.actor import Actor
from models.audit import record
from rules.calls import Follow, Outcome, check_attempt, follow, why_replaced
from rules.checks import CheckState
from rules.draws import PickState
from rules.errors import RuleBroken
from rules.roles import Role
from rules.sheets import LedgerValue, Method, check_reason, checked, findings, mismatches
from rules.text import _
from services import plans
from services.checks.picks import attempts, hold_pick, ledger_of, sheet_for
from services.checks.sheets import Sheet, sheet_of
from services.draws.redrawing import replace
from services.locking import lock
from services.verbs import verb


@verb("call.dial", _("查看抽查电话"), Role.DISCIPLINE, Role.LEADER)
def dial(session: Session, pick: Pick, *, by: Actor, now: datetime) -> str:
    """The number in full for whoever is to call it; each look is on record. Raises as `hold_pick`, RuleBroken("phone-missing")."""
    draw = hold_pick(session, pick, by)
    phone = session.get_one(Client, pick.client_id).phone
    if not phone:
        raise RuleBroken("phone-missing", _("档案里没有这一户的电话；请向村里问到后更正档案，或记为“空号、错号”由下一户替换。"))
    record(session, "call.dial", draw, by=by, now=now)
    return str(phone)


@verb("call.note", _("记录拨打情况"), Role.DISCIPLINE, Role.LEADER)
def attempt(session: Session, pick: Pick, outcome: Outcome, note: str, *, by: Actor, now: datetime) -> Follow:
    """One attempt that got no answer, and what follows: again, the next in the fixed order, or no response.

    Raises as `hold_pick`, RuleBroken("call-over", "call-soon", "outcome-odd").
    """
    if outcome is Outcome.CONNECTED:
        raise RuleBroken("outcome-odd", _("接通了请填写回答后保存。"))
    draw, before = hold_pick(session, pick, by), attempts(session, pick)
    patience = sheet_for(session, draw, now).rule.params.patience
    check_attempt([one.outcome for one in before], before[-1].at if before else None, now, patience)
    _write(session, pick, outcome, note, by, now)
    outcomes = [*(one.outcome for one in before), outcome]
    then = follow(outcomes, patience)
    if then is Follow.STOP:
        pick.state, pick.reason = PickState.UNREACHABLE, outcome.label
    record(session, "call.note", draw, by=by, now=now)
    if then is Follow.REPLACE:
        replace(session, pick, why_replaced(outcomes), by=by, now=now)
    return then


@verb("call.answer", _("保存电话回答"), Role.DISCIPLINE, Role.LEADER)
def answer(session: Session, pick: Pick, answers: Mapping[str, str], remark: str, *, by: Actor, now: datetime) -> Check:
    """Keep the answers for good, then compare them with the ledger; the same again is quiet.

    Raises as `hold_pick` and `rules.sheets.checked`, RuleBroken("pick-answered").
    """
    lock(session, session.get_one(Draw, pick.draw_id))  # whoever was faster has answered before we look
    known = session.scalar(select(Check).where(Check.pick_id == pick.id))
    if known is not None:
        return _same(known, answers)
    draw, before = hold_pick(session, pick, by), attempts(session, pick)
    sheet = sheet_for(session, draw, now)
    check_attempt([one.outcome for one in before], None, now, sheet.rule.params.patience)
    _check_by_phone(sheet)
    given, ledger = checked(sheet.rule.params, answers, sheet.levels), ledger_of(session, pick)
    differing = mismatches(sheet.rule.params, given, {LedgerValue(name): value for name, value in ledger.items()})  # type: ignore[call-arg]
    row = Check(
        rule_id=plans.rule_row(session, sheet.rule).id, pick_id=pick.id, client_id=pick.client_id, cadre_id=pick.cadre_id, answers=given, ledger=ledger,
        found=len(findings(sheet.rule.params, given)), differing=len(differing), remark=remark.strip()[:2000], made_by=by.name, made_at=now,
        area_id=draw.area_id, area_path=draw.area_path,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(Signer(check_id=row.id, account_id=by.account_id, name=by.name))
    _write(session, pick, Outcome.CONNECTED, "", by, now)
    record(session, "call.answer", draw, by=by, now=now)
    if not differing:
        _settle(session, row, pick, by, now)
    return row


@verb("call.explain", _("说明不一致的情况"), Role.DISCIPLINE, Role.LEADER)
def explain(session: Session, check: Check, reason: str, *, by: Actor, now: datetime) -> None:
    """Why answer and ledger differ, as told on the phone; then the pick is done. The same again is quiet.

    Raises RuleBroken("reason-missing", "not-by-phone") and as `hold_pick`.
    """
    lock(session, check)
    if check.state is not CheckState.DRAFT and check.reason == reason.strip():
        return
    pick = session.get_one(Pick, check.pick_id or 0)
    draw = hold_pick(session, pick, by)
    sheet = sheet_of(session, check)
    _check_by_phone(sheet)
    check_reason(sheet.items[: check.differing], reason)
    check.reason = reason.strip()[:2000]
    record(session, "call.explain", draw, by=by, now=now)
    _settle(session, check, pick, by, now)


def _check_by_phone(sheet: Sheet) -> None:
    if sheet.rule.params.method is not Method.PHONE:
        raise RuleBroken("not-by-phone", _("这次抽查要到现场填检查表，不能只记电话回答。"))


def _settle(session: Session, check: Check, pick: Pick, by: Actor, now: datetime) -> None:
    check.state, check.signed_at = CheckState.SIGNED, now
    mine = session.scalars(select(Signer).where(Signer.check_id == check.id, Signer.account_id == by.account_id)).first()
    if mine is None:
        session.add(Signer(check_id=check.id, account_id=by.account_id, name=by.name, signed_at=now))
    else:
        mine.signed_at = now
    pick.state = PickState.DONE
    session.flush()


def _write(session: Session, pick: Pick, outcome: Outcome, note: str, by: Actor, now: datetime) -> None:
    session.add(Call(pick_id=pick.id, at=now, outcome=outcome, note=note.strip()[:200], by=by.name))
    session.flush()


def _same(known: Check, answers: Mapping[str, str]) -> Check:
    """Two clicks are one answer; another answer after the ledger was shown is refused."""
    if {code: text.strip() for code, text in answers.items() if text.strip()} == known.answers:
        return known
    raise RuleBroken("pick-answered", _("这一户已经由{name}保存过回答，不能再改；请刷新页面看保存的内容。"), name=known.made_by)
