"""One message's way out: take its lease, send outside any transaction, mark it if the lease still holds."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from models import Notice
from models.access.actor import system
from models.access.session import working
from models.vault import Tampered
from rules.notices import LEASE_MINUTES, MAX_ATTEMPTS, OUTSIDE, Channel, NoticeState, is_quiet, retry_minutes
from rules.text import _
from services.desk import Desk
from services.gateways import Busy, Message, Refused
from services.leases import is_free

SENDER = system("发送消息")
log = logging.getLogger("lianxin.outbox")


@dataclass(frozen=True)
class Held:
    """A message under our lease; `attempt` is the fence: a later holder has a higher one."""

    id: int
    attempt: int
    message: Message


def claim(desk: Desk) -> Held | None:
    """Take the next due message, or None; phones don't ring in the quiet hours."""
    now = desk.clock()
    with working(desk.engine, SENDER) as session:
        while (number := session.scalar(_next_due(now))) is not None:
            try:
                row = session.get_one(Notice, number)
            except Tampered:
                _set_aside(session, number)
                continue
            row.attempts += 1
            row.lease_until = now + timedelta(minutes=LEASE_MINUTES)
            message = Message(row.key, row.channel, row.to or "", row.subject, row.body or "", row.link)
            held = Held(row.id, row.attempts, message)
            session.commit()
            return held
    return None


def _next_due(now: datetime) -> Select[int]:
    due = select(Notice.id).where(
        Notice.state == NoticeState.WAITING, Notice.run_at <= now, is_free(Notice, now, LEASE_MINUTES)
    )
    if is_quiet(now):
        due = due.where(Notice.channel != Channel.SMS)
    return due.order_by(Notice.run_at, Notice.id).limit(1).with_for_update(skip_locked=True)


def _set_aside(session: Session, number: int) -> None:
    """A row whose sealed text doesn't open must not hold up the others."""
    log.error("notice %s can not be opened", number)
    error = _("消息内容无法解密，可能被改动过，请联系系统管理员。")
    failed = update(Notice).where(Notice.id == number).values(state=NoticeState.FAILED, error=error)
    session.execute(failed, execution_options={"synchronize_session": False})
    session.commit()


def deliver(desk: Desk, held: Held) -> str:
    """Send and mark; the outcome's name, "lost" when somebody else took over meanwhile."""
    state, error = _send(desk, held)
    now = desk.clock()
    with working(desk.engine, SENDER) as session:
        row = session.scalars(select(Notice).where(Notice.id == held.id).with_for_update()).one()
        if row.attempts != held.attempt or row.state is not NoticeState.WAITING:
            return "lost"
        row.state, row.error, row.lease_until = state, error, None
        if state is NoticeState.SENT:
            row.sent_at = now
        elif state is NoticeState.WAITING:
            row.run_at = now + timedelta(minutes=retry_minutes(row.attempts))
        session.commit()
    return "retry" if state is NoticeState.WAITING else state.value


def _send(desk: Desk, held: Held) -> tuple[NoticeState, str]:
    message, gateway = held.message, desk.gateway
    if message.channel not in OUTSIDE:
        return NoticeState.SENT, ""
    if gateway is None or not gateway.serves(message.channel):
        return NoticeState.NO_CHANNEL, _("未配置短信或群消息通道，请改用纸质或电话。")
    if message.channel is Channel.SMS and not message.to:
        return NoticeState.NO_CHANNEL, _("没有可用的手机号，请改用纸质或电话。")
    if held.attempt > MAX_ATTEMPTS:
        return NoticeState.FAILED, _("多次发送未成功，已停止，请改用纸质或电话。")
    try:
        gateway.send(message)
    except Refused as refusal:
        log.warning("notice %s refused: %s", held.id, refusal)
        return NoticeState.FAILED, _("短信平台拒绝了这条消息，请核对号码，或改用纸质或电话。")
    except Busy as trouble:
        log.warning("notice %s not sent: %s", held.id, trouble)
        return _again(held)
    return NoticeState.SENT, ""


def _again(held: Held) -> tuple[NoticeState, str]:
    if held.attempt >= MAX_ATTEMPTS:
        return NoticeState.FAILED, _("短信平台一直没有接通，已停止发送，请改用纸质或电话。")
    return NoticeState.WAITING, _("短信平台暂时没有接通，系统会自动再试。")


def unreachable(session: Session) -> list[Notice]:
    """Messages that found no way out: to be told on paper or by phone."""
    states = (NoticeState.NO_CHANNEL, NoticeState.FAILED)
    rows = select(Notice).where(Notice.state.in_(states)).order_by(Notice.run_at, Notice.id)
    return list(session.scalars(rows))
