"""The export register: what left the house as a file, under which number, written before the first byte."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field
from models.types import Instant
from rules.exporting import ExportState


class Export(InArea, Record, db.Model):
    __tablename__ = "exports"
    __title__ = "导出登记"
    __group__ = "系统"
    __icon__ = "download"
    __help__ = "文件上印有导出编号，按编号一查便知是谁、何时、为何导出"
    __label_field__ = "number"
    __tones__ = {"ready": "ok", "waiting": "info", "refused": "bad"}

    number: Mapped[str] = field("导出编号", String(40), listed=True, search=True, unique=True)
    ledger: Mapped[str] = field("台账", String(60), listed=True, search=True)
    by: Mapped[str] = field("导出人", String(80), listed=True, search=True)
    role: Mapped[str] = field("角色", String(40), listed=True)
    at: Mapped[datetime] = field("导出时间", Instant, listed=True, filter=True, index=True)
    reason: Mapped[str] = field("用途", String(200), listed=True, default="")
    full: Mapped[bool] = field("完整电话", db.Boolean, listed=True, filter=True, default=False)
    said: Mapped[str] = field("筛选条件", Text, default="")
    columns: Mapped[str] = field("栏目", Text, default="")
    rows: Mapped[int] = field("行数", db.Integer, listed=True, default=0)
    personal: Mapped[int] = field("含个人信息条数", db.Integer, default=0)
    kind: Mapped[str] = field("格式", String(8), words={"paper": "打印"})
    size: Mapped[int] = field("字节数", db.Integer, default=0)
    digest: Mapped[str] = field("文件摘要（SHA-256）", String(64), search=True, default="")
    state: Mapped[ExportState] = field("状态", choice(ExportState), listed=True, filter=True, default=ExportState.WAITING)
    table: Mapped[str] = field("表", String(60), form=False, mask="hidden")
    asked: Mapped[dict[str, Any]] = field("请求", JSON, form=False, mask="hidden", audit=False, default=dict)
    token: Mapped[str | None] = field("文件号", String(32), form=False, mask="hidden", nullable=True)
    account_id: Mapped[int | None] = field("账号", ForeignKey("accounts.id"), form=False, nullable=True, index=True)
    job_id: Mapped[int | None] = field("后台任务", ForeignKey("jobs.id"), form=False, nullable=True)
