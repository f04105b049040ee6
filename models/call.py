"""拨打记录: one attempt to reach a pick, and how it went (SJ-3.2)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped

from models.base import Record, choice, db, field
from models.types import Instant
from rules.calls import Outcome


class Call(Record, db.Model):
    __tablename__ = "calls"
    __title__ = "拨打记录"
    __label_field__ = "by"

    pick_id: Mapped[int] = field("抽中对象", ForeignKey("picks.id"), index=True, audit=False)
    at: Mapped[datetime] = field("时间", Instant)
    outcome: Mapped[Outcome] = field("结果", choice(Outcome), audit=False)
    note: Mapped[str] = field("说明", String(200), default="", audit=False)
    by: Mapped[str] = field("拨打人", String(80))
