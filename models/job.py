"""Long work and periodic work as rows: the queue may forget, these don't."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Record, choice, db, field
from models.types import Instant
from rules.jobs import JobState


class Job(Record, db.Model):
    __tablename__ = "jobs"
    __title__ = "后台任务"
    __group__ = "系统"
    __icon__ = "gear"
    __audited__ = False
    __label_field__ = "title"

    key: Mapped[str] = field("唯一键", String(120), unique=True)
    kind: Mapped[str] = field("种类", String(40), listed=True, filter=True)
    title: Mapped[str] = field("名称", String(120), listed=True, search=True)
    args: Mapped[dict[str, Any]] = field("参数", JSON, default=dict)
    account_id: Mapped[int | None] = field("发起账号", ForeignKey("accounts.id"), nullable=True, index=True)
    state: Mapped[JobState] = field("状态", choice(JobState), listed=True, filter=True, default=JobState.WAITING)
    done: Mapped[int] = field("已处理", db.Integer, listed=True, default=0)
    total: Mapped[int] = field("总数", db.Integer, listed=True, default=0)
    run_at: Mapped[datetime] = field("计划时间", Instant, listed=True, index=True)
    lease_until: Mapped[datetime | None] = field("占用至", Instant, nullable=True)
    attempts: Mapped[int] = field("尝试次数", db.Integer, listed=True, default=0)
    result: Mapped[str] = field("结果", Text, default="")
    error: Mapped[str] = field("失败原因", Text, listed=True, default="")


class JobRun(Record, db.Model):
    """One sweep for one period, done once whatever the clock or the queue does."""

    __tablename__ = "job_runs"
    __title__ = "定时记录"
    __audited__ = False
    __table_args__ = (UniqueConstraint("job", "period"),)

    job: Mapped[str] = field("任务", String(60), listed=True)
    period: Mapped[str] = field("周期", String(40), listed=True)
    at: Mapped[datetime | None] = field("完成时间", Instant, listed=True, nullable=True)
    lease_until: Mapped[datetime | None] = field("占用至", Instant, nullable=True)
    attempts: Mapped[int] = field("尝试次数", db.Integer, listed=True, default=0)
    counts: Mapped[dict[str, Any]] = field("计数", JSON, default=dict)
    error: Mapped[str] = field("失败原因", Text, listed=True, default="")
