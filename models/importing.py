"""Imports of rosters: the batch, what it made, and each doubt with its decision."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, WithUid, choice, db, field, link, sealed
from models.types import Instant
from rules.importing import DOUBTS, BatchState, Decision
from rules.text import _


class ImportBatch(WithUid, InArea, Record, db.Model):
    __tablename__ = "import_batches"
    __title__ = "名单导入"
    __group__ = "台账"
    __icon__ = "upload"
    __help__ = "每次导入留一行；可整批撤销"
    __label_field__ = "filename"
    __page__ = "/imports/{id}"
    __in_menu__ = False
    __tones__ = {"done": "ok", "undone": "mute"}

    filename: Mapped[str] = field("文件名", String(160), listed=True, search=True)
    digest: Mapped[str] = field("文件摘要", String(64), index=True)
    state: Mapped[BatchState] = field("状态", choice(BatchState), listed=True, filter=True)
    at: Mapped[datetime] = field("时间", Instant, listed=True)
    account_id: Mapped[int | None] = field("经办账号", ForeignKey("accounts.id"), nullable=True)
    counts: Mapped[dict[str, Any]] = field("计数", JSON, default=dict)
    draft: Mapped[str | None] = sealed("待确认内容", mask="hidden", form=False)
    made: Mapped[dict[str, Any]] = field("建立的记录", JSON, default=dict, audit=False)


class ReviewItem(InArea, Record, db.Model):
    """One finding of an import that a person decides; nothing is merged silently."""

    __tablename__ = "review_items"
    __title__ = "待核事项"
    __group__ = "台账"
    __icon__ = "question-diamond"
    __help__ = "导入时发现的共用号码、自管自、同名等，逐条定夺"
    __label_field__ = "subject"
    __page__ = "/imports/doubts/{id}"
    __tones__ = {"open": "warn", "confirmed": "bad", "corrected": "ok", "different": "ok", "same": "ok"}
    chips = {"open": (_("待定"), lambda found: found.where(ReviewItem.decision == Decision.OPEN))}

    batch_id: Mapped[int] = field("导入批次", ForeignKey("import_batches.id"), index=True, form=False)
    key: Mapped[str] = field("唯一键", String(160), unique=True)
    kind: Mapped[str] = field("种类", String(40), listed=True, words=DOUBTS)
    subject: Mapped[str] = field("涉及", String(160), listed=True, search=True)
    message: Mapped[str] = field("说明", Text, listed=True)
    rows: Mapped[list[Any]] = field("原表行号", JSON, default=list)
    people: Mapped[dict[str, Any]] = field("涉及记录", JSON, default=dict, audit=False)
    decision: Mapped[Decision] = field("定夺", choice(Decision), listed=True, filter=True, default=Decision.OPEN)
    remark: Mapped[str] = field("定夺说明", String(200), default="")
    decided_by: Mapped[str] = field("定夺人", String(80), default="")
    decided_at: Mapped[datetime | None] = field("定夺时间", Instant, nullable=True)

    batch: Mapped["ImportBatch"] = link("导入批次", "ImportBatch", listed=True)
