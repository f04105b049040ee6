"""Everybody named signs what stands there; then the check is closed, or voided with a reason."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Check, CheckPhoto, Pick, Signer
from models.access.actor import Actor
from models.audit import record
from rules.checks import FLOW, PhotoWhen, check_version
from rules.draws import PickState
from rules.errors import RuleBroken
from rules.notices import Channel
from rules.roles import Role
from rules.sheets import LedgerValue, check_photos, check_reason, checked, findings, mismatches
from rules.text import _
from services.boards.ending import withdraw_following
from services.checks.filling import hold
from services.checks.sheets import Sheet
from services.locking import lock
from services.outbox import queue_notice
from services.verbs import verb


@verb("check.sign", _("检查表签字"), Role.DISCIPLINE, Role.LEADER)
def sign(session: Session, check: Check, version: int, *, by: Actor, now: datetime) -> None:
    """One inspector stands by the sheet as he saw it; signing again is quiet.

    Raises as `rules.sheets` for what is missing, RuleBroken("check-changed"), NotAllowed("not-named").
    """
    sheet = hold(session, check, by)
    mine = session.scalars(select(Signer).where(Signer.check_id == check.id, Signer.account_id == by.account_id)).one()
    if mine.signed_at is not None:
        return
    check_version(version, check.version)
    _settle(session, check, sheet)
    mine.signed_at = now
    session.flush()
    left = session.scalars(select(Signer).where(Signer.check_id == check.id, Signer.signed_at.is_(None))).all()
    if not left:
        check.state, check.signed_at = FLOW.step(check.state, "sign"), now
        _done(session, check)
    for one in left:
        _ask(session, one, now)
    record(session, "check.sign", check, by=by, now=now)


@verb("check.close", _("结束检查"), Role.DISCIPLINE)
def close(session: Session, check: Check, *, by: Actor, now: datetime) -> None:
    """From now on leaders may read it; raises RuleBroken("move-not-allowed")."""
    lock(session, check)
    check.state, check.ended_at = FLOW.step(check.state, "close"), now
    record(session, "check.close", check, by=by, now=now)


@verb("check.void", _("作废检查表"), Role.DISCIPLINE)
def void(session: Session, check: Check, why: str, *, by: Actor, now: datetime) -> None:
    """Filled in by mistake; raises RuleBroken("check-of-draw", "reason-missing", "move-not-allowed")."""
    lock(session, check)
    if check.pick_id is not None:
        raise RuleBroken("check-of-draw", _("抽中对象的检查表不能作废；确实没法检查的，按停业等原因由下一户替换。"))
    if not why.strip():
        raise RuleBroken("reason-missing", _("请写明为什么作废。"))
    check.state, check.ended_at, check.ended_why = FLOW.step(check.state, "void"), now, why.strip()[:2000]
    withdraw_following(session, f"checks:{check.id}", _("所据检查表已经作废"), by=by, now=now)
    record(session, "check.void", check, by=by, now=now)


def _done(session: Session, check: Check) -> None:
    """One of a draw's picks was seen to."""
    pick = session.get(Pick, check.pick_id) if check.pick_id else None
    if pick is not None:
        lock(session, pick)
        if pick.state is not PickState.WAITING:
            raise RuleBroken("pick-over", _("这一户{state}；如果是在另一个页面办的，请刷新。"), state=pick.state.label)
        pick.state = PickState.DONE


def _ask(session: Session, signer: Signer, now: datetime) -> None:
    """Told once that his name is missing, not on what."""
    queue_notice(
        session, key=f"checks:{signer.check_id}:a{signer.account_id}", channel=Channel.INBOX, account_id=signer.account_id, run_at=now,
        subject=_("有一张检查表等您签字"), link=f"/checks/sheets/{signer.check_id}",
    )  # fmt: skip


def _settle(session: Session, check: Check, sheet: Sheet) -> None:
    """Complete, pictured and explained; what is found is counted."""
    rule = sheet.rule.params
    answers = checked(rule, check.answers, sheet.levels)
    taken = select(CheckPhoto.item).where(CheckPhoto.check_id == check.id, CheckPhoto.when == PhotoWhen.BEFORE)
    check_photos(rule, answers, set(session.scalars(taken)))
    differing = mismatches(rule, answers, {LedgerValue(name): value for name, value in check.ledger.items()})  # type: ignore[call-arg]
    check_reason(differing, check.reason)
    check.found, check.differing = len(findings(rule, answers)), len(differing)
