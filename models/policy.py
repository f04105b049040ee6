"""Documents, clauses and versioned rules as loaded from plans/; facts keep the rule row that judged them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Record, db, field, link
from rules.kinds import NAMES


class PlanFile(Record, db.Model):
    """One file of plans/ as loaded: the text is the truth, the rows below are made from it."""

    __tablename__ = "plan_files"
    __title__ = "方案文件"
    __label_field__ = "title"

    code: Mapped[str] = field("编号", String(40), unique=True, listed=True)
    title: Mapped[str] = field("名称", String(120), listed=True)
    source: Mapped[str] = field("原文", Text)
    digest: Mapped[str] = field("摘要", String(64), listed=True)


class Policy(Record, db.Model):
    __tablename__ = "policies"
    __title__ = "政策文件"
    __group__ = "基础"
    __icon__ = "file-earmark-text"
    __label_field__ = "title"

    plan_file_id: Mapped[int] = field("方案文件", ForeignKey("plan_files.id"), index=True, form=False)
    title: Mapped[str] = field("文件名称", String(200), listed=True, search=True)
    code: Mapped[str] = field("编号", String(40), unique=True, listed=True)
    number: Mapped[str] = field("文号", String(80), listed=True, search=True, default="")
    issued_on: Mapped[date | None] = field("印发日期", db.Date, listed=True, nullable=True)
    issuer: Mapped[str] = field("发文机关", String(120), listed=True, default="")


class Clause(Record, db.Model):
    __tablename__ = "clauses"
    __title__ = "条款"
    __group__ = "基础"
    __icon__ = "paragraph"
    __label_field__ = "code"

    policy_id: Mapped[int] = field("文件", ForeignKey("policies.id"), index=True, form=False)
    code: Mapped[str] = field("编号", String(30), unique=True, listed=True, search=True)
    number: Mapped[str] = field("条款", String(60), listed=True, default="")
    quote: Mapped[str] = field("原文", Text, listed=True, search=True)

    policy: Mapped["Policy"] = link("文件", "Policy", listed=True, filter=True)


class Rule(Record, db.Model):
    """One version of one rule; a changed rule is a new row with its own dates."""

    __tablename__ = "rules"
    __title__ = "规则"
    __group__ = "基础"
    __icon__ = "sliders"
    __label_field__ = "title"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    clause_id: Mapped[int] = field("条款", ForeignKey("clauses.id"), index=True, form=False)
    title: Mapped[str] = field("名称", String(120), listed=True, search=True)
    code: Mapped[str] = field("规则编号", String(60), listed=True, search=True)
    kind: Mapped[str] = field("种类", String(20), listed=True, words=NAMES)
    valid_from: Mapped[date] = field("生效日期", db.Date, listed=True)
    valid_to: Mapped[date | None] = field("失效日期", db.Date, listed=True, nullable=True)
    params: Mapped[dict[str, Any]] = field("参数", JSON)

    clause: Mapped["Clause"] = link("条款", "Clause", listed=True)

    @property
    def basis(self) -> str:
        """依据: document number, clause and the words it rests on."""
        policy = self.clause.policy
        return f"{policy.number or policy.title} {self.clause.number}：“{self.clause.quote}”"
