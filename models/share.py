"""配合责任: who else answers for an order, and what he did for it; the person in the lead replies for all (ZF-3.3, SGD-4.4a)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Record, db, field, link
from models.types import Instant


class Share(Record, db.Model):
    __tablename__ = "shares"
    __title__ = "配合责任"
    __label_field__ = "named_by"
    __table_args__ = (UniqueConstraint("order_id", "cadre_id"),)

    order_id: Mapped[int] = field("督办单", ForeignKey("orders.id"), form=False)
    cadre_id: Mapped[int] = field("配合人", ForeignKey("cadres.id"), index=True, form=False)
    named_by: Mapped[str] = field("指定人", String(80))
    named_at: Mapped[datetime] = field("指定时间", Instant)
    did: Mapped[str] = field("配合情况", Text, audit=False, default="")
    did_at: Mapped[datetime | None] = field("报送时间", Instant, nullable=True)

    order: Mapped["Order"] = link("督办单", "Order", form=False)  # noqa: F821
    cadre: Mapped["Cadre"] = link("配合人", "Cadre", form=False)  # noqa: F821
