"""How the way out of the house does, said to everybody who relies on it: numbers only, never whose or what."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select

from models import Notice
from models.access.actor import system
from models.access.session import working
from rules.notices import Channel, NoticeState
from services.gateways.ways import texting

READER = system("消息通道")
LATELY = timedelta(days=1)


@dataclass(frozen=True)
class TextMessages:
    """Of the last day; `waiting` are due but not out: night, or a gateway that does not answer."""

    on: bool
    sent: int
    failed: int
    waiting: int


def text_messages(engine: Engine, now: datetime) -> TextMessages:
    """One query over the messages of one day."""
    lately = (Notice.channel == Channel.SMS, Notice.run_at > now - LATELY, Notice.run_at <= now)
    with working(engine, READER) as session:
        rows = session.execute(select(Notice.state, func.count(Notice.id)).where(*lately).group_by(Notice.state)).all()
    n = dict(rows)
    return TextMessages(texting(), n.get(NoticeState.SENT, 0), n.get(NoticeState.FAILED, 0), n.get(NoticeState.WAITING, 0))
