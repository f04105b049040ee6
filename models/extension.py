"""延期申请: more time for an order, asked for before its day by the person and granted or not by another (JF-3.4d)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped

from models.base import Record, db, field, link
from models.types import Instant


class Extension(Record, db.Model):
    """`amount`: in the unit of the order's own clock; the days before and after stay on record."""

    __tablename__ = "extensions"
    __title__ = "延期申请"
    __label_field__ = "asked_by"

    order_id: Mapped[int] = field("督办单", ForeignKey("orders.id"), index=True, form=False)
    amount: Mapped[int] = field("申请延长", db.Integer)
    reason: Mapped[str] = field("理由", String(500))
    asked_by: Mapped[str] = field("申请人", String(80))
    asked_at: Mapped[datetime] = field("申请时间", Instant)
    due_before: Mapped[date] = field("原期限", db.Date)
    decided_by: Mapped[str] = field("审批人", String(80), default="")
    decided_at: Mapped[datetime | None] = field("审批时间", Instant, nullable=True)
    agreed: Mapped[bool | None] = field("同意", db.Boolean, nullable=True)
    remark: Mapped[str] = field("审批意见", String(500), default="")
    due_after: Mapped[date | None] = field("延长到", db.Date, nullable=True)

    order: Mapped["Order"] = link("督办单", "Order", form=False)  # noqa: F821
