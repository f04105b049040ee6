"""Inbox notices about orders and sanctions: that something is there, never what it says."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models import Account, Order, Sanction, Share
from rules.notices import Channel
from rules.roles import Role
from rules.text import _
from services.outbox import queue_notice


def tell_cadre(session: Session, row: Order | Sanction, subject: str, now: datetime) -> None:
    """A line in the inbox of the person concerned, once per step."""
    _tell(session, row, subject, now, cadre_id=row.cadre_id)


def tell_judges(session: Session, row: Order | Sanction, subject: str, now: datetime) -> None:
    """A line for every leader and inspector of the place, except the person concerned."""
    judges = select(Account.id).where(judges_of(row))
    for account_id in session.scalars(judges).all():
        _tell(session, row, subject, now, account_id=account_id)


def tell_shares(session: Session, order: Order, now: datetime, subject: str = "", step: str = "share") -> None:
    """A line for everybody named beside the lead, once each a step; without a subject that he is named."""
    words = subject or _("督办单{number}请您配合办理，请查看").format(number=order.number)
    for one in session.scalars(select(Share).where(Share.order_id == order.id).order_by(Share.id)).all():
        queue_notice(
            session, key=f"orders:{order.id}:{step}:{one.id}", channel=Channel.INBOX, subject=words, run_at=now, cadre_id=one.cadre_id, link=f"/orders/{order.id}",
        )  # fmt: skip


def judges_of(row: Order | Sanction) -> ColumnElement[bool]:
    """Which accounts may judge: leaders and inspectors of the place, except the person concerned and who shares the order."""
    others = or_(Account.cadre_id.is_(None), Account.cadre_id != row.cadre_id)
    if isinstance(row, Order):
        beside = select(Share.cadre_id).where(Share.order_id == row.id)
        others = and_(others, or_(Account.cadre_id.is_(None), Account.cadre_id.not_in(beside)))
    return and_(Account.role.in_([Role.LEADER, Role.DISCIPLINE]), Account.active, Account.area_id == row.area_id, others)


def _tell(
    session: Session, row: Order | Sanction, subject: str, now: datetime,
    *, cadre_id: int | None = None, account_id: int | None = None,
) -> None:  # fmt: skip
    who = f"c{cadre_id}" if cadre_id else f"a{account_id}"
    queue_notice(
        session, key=f"{row.__tablename__}:{row.id}:{row.version}:{who}", channel=Channel.INBOX, subject=subject,
        run_at=now, cadre_id=cadre_id, account_id=account_id, link=f"/{row.__tablename__}/{row.id}",
    )  # fmt: skip
