"""Files people hand in: re-encoded pictures and office files under opaque names, found by digest."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, db, field
from models.types import Instant


class Attachment(InArea, Record, db.Model):
    __tablename__ = "attachments"
    __title__ = "附件"
    __label_field__ = "filename"

    token: Mapped[str] = field("文件号", String(32), unique=True)
    filename: Mapped[str] = field("文件名", String(160), listed=True)
    media_type: Mapped[str] = field("类型", String(80))
    size: Mapped[int] = field("大小", db.Integer)
    digest: Mapped[str] = field("摘要", String(64), index=True)
    account_id: Mapped[int | None] = field("上传账号", ForeignKey("accounts.id"), nullable=True)
    at: Mapped[datetime] = field("上传时间", Instant, listed=True)
