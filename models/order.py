"""督办单: what a result obliges somebody to do, by when, on what basis; the reply comes back on the same row."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from models.types import Instant
from rules.order_source import OrderSource
from rules.orders import FLOW, WITH_CADRE, OrderState
from rules.text import _


class Order(InArea, Record, db.Model):
    __tablename__ = "orders"
    __title__ = "督办单"
    __group__ = "测评监督"
    __icon__ = "exclamation-triangle"
    __help__ = "“一般”及以下自动拟稿，也可手工拟；领导或纪委签发后送达干部"
    __label_field__ = "number"
    __page__ = "/orders/{id}"
    __in_menu__ = False  # its pages are in the daily part of the menu
    __tones__ = {"draft": "warn", "issued": "info", "received": "info", "replied": "info", "returned": "bad", "cancelled": "ok"}
    chips = {
        "draft": (_("待签发"), lambda found: found.where(Order.state == OrderState.DRAFT)),
        "with-cadre": (_("在办"), lambda found: found.where(Order.state.in_(WITH_CADRE))),
        "replied": (_("待核实"), lambda found: found.where(Order.state == OrderState.REPLIED)),
    }
    flow = FLOW
    __table_args__ = (
        Index("ix_orders_state", "state"),
        Index("ix_orders_scope", "area_path", "cadre_id", "issued_at"),  # what the row policy asks, so that counts stay in the index
        Index("ix_orders_area_scope", "area_id", "area_path", "cadre_id", "issued_at"),
        Index("ix_orders_state_scope", "state", "area_path", "cadre_id", "issued_at"),
    )

    number: Mapped[str] = field("编号", String(40), unique=True, listed=True, search=True)
    key: Mapped[str] = field("唯一键", String(160), unique=True, mask="hidden", form=False)
    cadre_id: Mapped[int] = field("责任人", ForeignKey("cadres.id"), index=True, form=False)
    round_id: Mapped[int | None] = field("测评轮次", ForeignKey("rounds.id"), nullable=True, index=True, form=False)
    rule_id: Mapped[int | None] = field("规则", ForeignKey("rules.id"), nullable=True, form=False)
    source: Mapped[OrderSource] = field("来源", choice(OrderSource), filter=True, default=OrderSource.RATING, form=False)
    matter: Mapped[str] = field("督办事项", String(200), listed=True, search=True)
    feedback: Mapped[str] = field("反馈意见", Text, audit=False, default="", help="写给干部看的改进意见，不写是哪家企业评的")
    request: Mapped[str] = field("督办要求", Text, audit=False, default="")
    basis: Mapped[str] = field("依据", Text, default="", form=False)
    evidence: Mapped[list[Any]] = field("所据答卷", JSON, default=list, mask="hidden", audit=False, form=False)
    state: Mapped[OrderState] = field("状态", choice(OrderState), listed=True, filter=True, default=OrderState.DRAFT)
    clock: Mapped[str] = field("期限规则", String(80), default="", form=False)
    due_on: Mapped[date | None] = field("期限", db.Date, listed=True, nullable=True, index=True, form=False)
    first_due_on: Mapped[date | None] = field("最初期限", db.Date, nullable=True, form=False)
    extended: Mapped[int] = field("已延长", db.Integer, default=0, form=False)
    due_steps: Mapped[list[str]] = field("期限说明", JSON, default=list, form=False)
    issued_by: Mapped[str] = field("签发人", String(80), default="", form=False)
    issued_at: Mapped[datetime | None] = field("签发时间", Instant, listed=True, nullable=True, form=False)
    received_at: Mapped[datetime | None] = field("签收时间", Instant, nullable=True, form=False)
    reply: Mapped[str] = field("答复", Text, audit=False, default="", form=False)
    replied_at: Mapped[datetime | None] = field("答复时间", Instant, nullable=True, form=False)
    returned: Mapped[int] = field("退回次数", db.Integer, default=0, form=False)
    urged: Mapped[int] = field("催办次数", db.Integer, default=0, form=False)
    urged_at: Mapped[datetime | None] = field("最近催办", Instant, nullable=True, form=False)
    remark: Mapped[str] = field("核实意见", Text, audit=False, default="", form=False)
    moved_at: Mapped[datetime | None] = field("最近一步时间", Instant, nullable=True, audit=False, form=False)
    ended_at: Mapped[datetime | None] = field("销号时间", Instant, nullable=True, form=False)

    cadre: Mapped["Cadre"] = link("责任人", "Cadre", listed=True, filter=True, form=False)  # noqa: F821
    round: Mapped["Round | None"] = link("测评轮次", "Round", form=False)  # noqa: F821
    rule: Mapped["Rule | None"] = link("规则", "Rule", form=False)  # noqa: F821
