"""Pairs of rows that look like one; a person says whether they are, and it is remembered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr

from models.base import InArea, Record, choice, db, field
from models.types import Instant
from rules.doubles import DoubleKind, DoubleState


class Mergeable:
    """Rows that may turn out to be another row: the pointer stays, so that old addresses and names lead on."""

    @declared_attr
    def merged_into_id(cls) -> Mapped[int | None]:
        return field("并入", ForeignKey(f"{cls.__tablename__}.id"), nullable=True, index=True, form=False, mask="hidden")  # type: ignore[attr-defined]

    @declared_attr
    def former_names(cls) -> Mapped[str]:
        return field("曾用名", String(300), search=True, form=False, default="", server_default="")


class Double(InArea, Record, db.Model):
    """`first_id` < `second_id` of one table; its place is the lowest that holds both."""

    __tablename__ = "doubles"
    __title__ = "疑似重复"
    __audited__ = False  # proposals come and go by themselves; what a person decides is announced with the rows it changes
    __table_args__ = (UniqueConstraint("kind", "first_id", "second_id"), Index("ix_doubles_state_score", "state", "score"))

    kind: Mapped[DoubleKind] = field("种类", choice(DoubleKind))
    first_id: Mapped[int] = field("甲", db.Integer)
    second_id: Mapped[int] = field("乙", db.Integer)
    score: Mapped[int] = field("相似度", db.Integer)
    why: Mapped[str] = field("理由", String(100))
    state: Mapped[DoubleState] = field("状态", choice(DoubleState), default=DoubleState.OPEN)
    kept_id: Mapped[int | None] = field("保留", db.Integer, nullable=True)
    trace: Mapped[dict[str, Any]] = field("合并时移动的", JSON, mask="hidden", default=dict)
    remark: Mapped[str] = field("核实说明", String(200), default="")
    decided_by: Mapped[str] = field("定夺人", String(80), default="")
    decided_at: Mapped[datetime | None] = field("定夺时间", Instant, nullable=True)
