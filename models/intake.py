"""The import register: which file went into which ledger, by whom, what it wrote, and what it takes to undo it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, WithUid, choice, db, field, sealed
from models.types import Instant
from rules.intake.states import IntakeState


class Intake(WithUid, InArea, Record, db.Model):
    __tablename__ = "intakes"
    __title__ = "导入登记"
    __group__ = "系统"
    __icon__ = "upload"
    __help__ = "每次向台账导入表格留一行，可整批撤销"
    __label_field__ = "filename"
    __page__ = "/intake/{id}"
    __tones__ = {"draft": "info", "running": "info", "done": "ok", "failed": "bad", "undone": "mute", "dropped": "mute"}

    ledger: Mapped[str] = field("台账", String(60), listed=True, search=True)
    filename: Mapped[str] = field("文件名", String(160), listed=True, search=True)
    by: Mapped[str] = field("导入人", String(80), listed=True, search=True)
    at: Mapped[datetime] = field("上传时间", Instant, listed=True, index=True)
    state: Mapped[IntakeState] = field("状态", choice(IntakeState), listed=True, filter=True, default=IntakeState.DRAFT)
    added: Mapped[int] = field("新增", db.Integer, listed=True, default=0)
    changed: Mapped[int] = field("更新", db.Integer, listed=True, default=0)
    same: Mapped[int] = field("没有变化", db.Integer, listed=True, default=0)
    wrong: Mapped[int] = field("有错未写", db.Integer, listed=True, default=0)
    digest: Mapped[str] = field("文件摘要（SHA-256）", String(64), search=True)
    problem: Mapped[str] = field("没有写完的原因", Text, default="")
    table: Mapped[str] = field("表", String(60), form=False, mask="hidden")
    draft: Mapped[str | None] = sealed("表格内容", mask="hidden", form=False)
    kept: Mapped[str | None] = sealed("撤销所需的原值", mask="hidden", form=False)
    made: Mapped[dict[str, Any]] = field("写入的记录", JSON, form=False, mask="hidden", audit=False, default=dict)
    account_id: Mapped[int | None] = field("账号", ForeignKey("accounts.id"), form=False, nullable=True, index=True)
    job_id: Mapped[int | None] = field("后台任务", ForeignKey("jobs.id"), form=False, nullable=True)
