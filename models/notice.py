"""Outbox: a message is a row written with the change that caused it, and sent by whoever holds its lease."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import Record, WithUid, choice, db, field, sealed
from models.types import Instant
from rules.notices import Channel, NoticeState


class Notice(WithUid, Record, db.Model):
    __tablename__ = "notices"
    __title__ = "消息"
    __group__ = "系统"
    __icon__ = "bell"
    __audited__ = False
    __label_field__ = "subject"

    key: Mapped[str] = field("唯一键", String(120), unique=True)
    channel: Mapped[Channel] = field("渠道", choice(Channel), listed=True, filter=True)
    account_id: Mapped[int | None] = field("收件账号", ForeignKey("accounts.id"), nullable=True, index=True)
    cadre_id: Mapped[int | None] = field("收件干部", ForeignKey("cadres.id"), nullable=True, index=True)
    to: Mapped[str | None] = sealed("收件号码", listed=True)
    subject: Mapped[str] = field("标题", String(120), listed=True, search=True)
    body: Mapped[str | None] = sealed("内容", mask="hidden")
    link: Mapped[str] = field("链接", String(200), default="")
    state: Mapped[NoticeState] = field(
        "状态", choice(NoticeState), listed=True, filter=True, default=NoticeState.WAITING, index=True
    )
    run_at: Mapped[datetime] = field("计划时间", Instant, listed=True, index=True)
    lease_until: Mapped[datetime | None] = field("占用至", Instant, nullable=True)
    attempts: Mapped[int] = field("尝试次数", db.Integer, default=0)
    sent_at: Mapped[datetime | None] = field("送出时间", Instant, listed=True, nullable=True)
    read_at: Mapped[datetime | None] = field("已读时间", Instant, nullable=True)
    error: Mapped[str] = field("失败原因", Text, listed=True, default="")
