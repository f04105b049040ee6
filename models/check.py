"""检查表: one sheet filled on site or on the phone, who signed it, its pictures (SJ-3.2, CK-3.2, CK-4.3b, HJ-3.3c)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from models.types import Instant
from rules.checks import FLOW, CheckState, PhotoWhen


class Check(InArea, Record, db.Model):
    """Its place is the township, so that the chain of events doesn't tell where somebody was looked at."""

    __tablename__ = "checks"
    __title__ = "检查表"
    __group__ = "测评监督"
    __icon__ = "clipboard-check"
    __page__ = "/checks/sheets/{id}"
    __in_menu__ = False  # its pages are in the daily part of the menu
    __label_field__ = "made_by"
    flow = FLOW

    rule_id: Mapped[int] = field("检查表", ForeignKey("rules.id"), index=True, form=False)
    unit_id: Mapped[int | None] = field("受检单位", ForeignKey("units.id"), nullable=True, index=True, form=False, audit=False)
    client_id: Mapped[int | None] = field("受检对象", ForeignKey("clients.id"), nullable=True, index=True, form=False, audit=False)
    cadre_id: Mapped[int | None] = field("责任人", ForeignKey("cadres.id"), nullable=True, index=True, form=False, audit=False)
    pick_id: Mapped[int | None] = field("抽中对象", ForeignKey("picks.id"), nullable=True, unique=True, form=False, audit=False)
    order_id: Mapped[int | None] = field("督办单", ForeignKey("orders.id"), nullable=True, index=True, form=False)
    state: Mapped[CheckState] = field("状态", choice(CheckState), default=CheckState.DRAFT, index=True)
    answers: Mapped[dict[str, str]] = field("回答", JSON, mask="hidden", audit=False, default=dict, form=False)
    ledger: Mapped[dict[str, str]] = field("保存时台账的值", JSON, mask="hidden", audit=False, default=dict, form=False)
    found: Mapped[int] = field("发现问题", db.Integer, default=0, form=False, audit=False)
    differing: Mapped[int] = field("与台账不一致", db.Integer, default=0, form=False, audit=False)
    reason: Mapped[str] = field("不一致的情况", Text, default="", form=False, audit=False)
    remark: Mapped[str] = field("补充说明", Text, default="", form=False, audit=False)
    made_by: Mapped[str] = field("填表人", String(80), form=False)
    made_at: Mapped[datetime] = field("开始时间", Instant, form=False)
    signed_at: Mapped[datetime | None] = field("签字时间", Instant, nullable=True, form=False)
    ended_at: Mapped[datetime | None] = field("结束时间", Instant, nullable=True, form=False)
    ended_why: Mapped[str] = field("作废原因", Text, default="", form=False, audit=False)

    rule: Mapped["Rule"] = link("检查表", "Rule")  # noqa: F821
    unit: Mapped["Unit | None"] = link("受检单位", "Unit")  # noqa: F821
    client: Mapped["Client | None"] = link("受检对象", "Client")  # noqa: F821
    cadre: Mapped["Cadre | None"] = link("责任人", "Cadre")  # noqa: F821
    order: Mapped["Order | None"] = link("督办单", "Order")  # noqa: F821
    pick: Mapped["Pick | None"] = link("抽中对象", "Pick")  # noqa: F821


class Signer(Record, db.Model):
    """One inspector named on a sheet, and when he signed it."""

    __tablename__ = "signers"
    __title__ = "检查人员签字"
    __label_field__ = "name"
    __table_args__ = (UniqueConstraint("check_id", "account_id"),)

    check_id: Mapped[int] = field("检查表", ForeignKey("checks.id"), index=True)
    account_id: Mapped[int] = field("账号", ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = field("检查人员", String(80))
    signed_at: Mapped[datetime | None] = field("签字时间", Instant, nullable=True)


class CheckPhoto(Record, db.Model):
    """One picture of an item, at the check or after the correction."""

    __tablename__ = "check_photos"
    __title__ = "检查照片"
    __label_field__ = "item"

    check_id: Mapped[int] = field("检查表", ForeignKey("checks.id"), index=True)
    item: Mapped[str] = field("检查项", String(40), audit=False)
    when: Mapped[PhotoWhen] = field("什么时候", choice(PhotoWhen))
    attachment_id: Mapped[int] = field("照片", ForeignKey("attachments.id"), index=True)
    by: Mapped[str] = field("拍照人", String(80))
    at: Mapped[datetime] = field("时间", Instant)
