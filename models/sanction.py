"""处理建议: proposed by a rule, confirmed by a person, told, answered, appealable, expiring (SQ-2.3b)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from models.types import Instant
from rules.sanctions import FLOW, SanctionState


class Sanction(InArea, Record, db.Model):
    __tablename__ = "sanctions"
    __title__ = "处理建议与负面清单"
    __group__ = "测评监督"
    __icon__ = "clipboard-x"
    __help__ = "按规则或由人提出，由另一人确认；告知本人，可复核、申诉，到期自动失效"
    __label_field__ = "title"
    __page__ = "/sanctions/{id}"
    __in_menu__ = False  # its pages are in the daily part of the menu
    __tones__ = {"proposed": "warn", "confirmed": "info", "notified": "bad", "lifted": "ok", "expired": "ok"}
    flow = FLOW

    key: Mapped[str] = field("唯一键", String(200), unique=True, mask="hidden", form=False)
    cadre_id: Mapped[int] = field("干部", ForeignKey("cadres.id"), index=True, form=False)
    rule_id: Mapped[int] = field("规则", ForeignKey("rules.id"), form=False)
    code: Mapped[str] = field("种类", String(40), filter=True, form=False)
    title: Mapped[str] = field("处理", String(120), listed=True, search=True, form=False)
    basis: Mapped[str] = field("依据", Text, form=False)
    facts: Mapped[str] = field("事实", Text, audit=False, default="", form=False)
    order_id: Mapped[int | None] = field("督办单", ForeignKey("orders.id"), nullable=True, form=False)
    proposed_by: Mapped[str] = field("提出人", String(80), default="", form=False)
    proposed_by_id: Mapped[int | None] = field("提出人账号", ForeignKey("accounts.id"), mask="hidden", nullable=True, form=False)
    evidence: Mapped[list[Any]] = field("事由", JSON, default=list, audit=False, form=False)
    validity_months: Mapped[int] = field("有效月数", db.Integer, default=0, form=False)
    state: Mapped[SanctionState] = field(
        "状态", choice(SanctionState), listed=True, filter=True, default=SanctionState.PROPOSED
    )
    proposed_at: Mapped[datetime] = field("提出时间", Instant, listed=True, form=False)
    decided_by: Mapped[str] = field("确认人", String(80), default="", form=False)
    decided_by_id: Mapped[int | None] = field("确认人账号", ForeignKey("accounts.id"), mask="hidden", nullable=True, form=False)
    decided_at: Mapped[datetime | None] = field("确认时间", Instant, nullable=True, form=False)
    reason: Mapped[str] = field("决定理由", Text, audit=False, default="", form=False)
    notified_at: Mapped[datetime | None] = field("告知时间", Instant, listed=True, nullable=True, form=False)
    reply: Mapped[str] = field("本人陈述", Text, audit=False, default="", form=False)
    review_until: Mapped[date | None] = field("复核申请期限", db.Date, nullable=True, form=False)
    appeal_until: Mapped[date | None] = field("申诉期限", db.Date, nullable=True, form=False)
    answer_until: Mapped[date | None] = field("复核申诉答复期限", db.Date, nullable=True, index=True, form=False)
    extended: Mapped[int] = field("已延长天数", db.Integer, default=0, form=False)
    extended_by: Mapped[str] = field("延长批准人", String(80), default="", form=False)
    extended_at: Mapped[datetime | None] = field("延长时间", Instant, nullable=True, form=False)
    extension_reason: Mapped[str] = field("延长理由", Text, audit=False, default="", form=False)
    expires_on: Mapped[date | None] = field("期满日期", db.Date, listed=True, nullable=True, index=True, form=False)
    ended_at: Mapped[datetime | None] = field("解除时间", Instant, nullable=True, form=False)
    remark: Mapped[str] = field("解除或复核说明", Text, audit=False, default="", form=False)

    order: Mapped["Order | None"] = link("督办单", "Order", form=False)  # noqa: F821
    cadre: Mapped["Cadre"] = link("干部", "Cadre", listed=True, filter=True, form=False)  # noqa: F821
