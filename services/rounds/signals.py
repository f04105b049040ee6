"""Marks for the inspector: one device for several shops, the office network, seconds apart, a plate used again. Never a block."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Ballot, Invitation, Signal
from models.access.actor import Actor
from models.audit import record
from rules.channels import Channel
from rules.text import _

SHOPS_PER_DEVICE = 3
SECONDS_APART = 20


def watch(
    session: Session, invitation: Invitation, ballot: Ballot, *, office: bool, before: str, by: Actor, now: datetime
) -> None:
    """Write each signal once per invitation; `before`: the device of the answer that this one replaces, if any."""
    if before and before != ballot.device and ballot.channel is Channel.PLATE:
        _mark(session, invitation, "changed-elsewhere", _("墙牌上的评价后来又从另一台设备或另一天改过"), by, now)
    if office:
        _mark(session, invitation, "office-network", _("从办公网络提交"), by, now)
    if not ballot.device:
        return
    same = select(func.count(func.distinct(Invitation.client_id))).join(Ballot, Ballot.invitation_id == Invitation.id)
    same = same.where(Ballot.round_id == ballot.round_id, Ballot.device == ballot.device)
    if (session.scalar(same) or 0) >= SHOPS_PER_DEVICE:
        _mark(session, invitation, "one-device", _("同一设备为三家以上企业提交"), by, now)
    near = select(Ballot.id).join(Invitation, Invitation.id == Ballot.invitation_id).where(
        Ballot.round_id == ballot.round_id, Invitation.client_id != invitation.client_id,
        Ballot.device == ballot.device, Ballot.cast_at > now - timedelta(seconds=SECONDS_APART),
    ).limit(1)  # fmt: skip
    if session.scalar(near):
        _mark(session, invitation, "seconds-apart", _("与同一设备为另一家提交的评价相隔不足二十秒"), by, now)


def _mark(session: Session, invitation: Invitation, kind: str, message: str, by: Actor, now: datetime) -> None:
    known = select(Signal.id).where(Signal.invitation_id == invitation.id, Signal.kind == kind)
    if session.scalar(known) is None:
        signal = Signal(
            invitation_id=invitation.id, round_id=invitation.round_id, kind=kind, message=message, at=now,
            area_id=invitation.area_id, area_path=invitation.area_path,
        )  # fmt: skip
        session.add(signal)
        record(session, "signal.marked", signal, by=by, now=now, detail=message)
