"""Whom the dice fell on, who checks them, and who may not: 回避 (SJ-3.2)."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from rules.draws import PickState


class Pick(Record, db.Model):
    """One of those drawn; `position` counts from 1 in the fixed order of its stratum."""

    __tablename__ = "picks"
    __title__ = "抽中对象"
    __label_field__ = "target"
    __table_args__ = (UniqueConstraint("draw_id", "target"),)

    draw_id: Mapped[int] = field("抽查", ForeignKey("draws.id"), index=True)
    stratum: Mapped[str] = field("层", String(160), audit=False)
    position: Mapped[int] = field("层内次序", db.Integer, audit=False)
    target: Mapped[str] = field("名单编号", String(40), mask="hidden", audit=False)
    client_id: Mapped[int] = field("对象", ForeignKey("clients.id"), index=True, audit=False)
    invitation_id: Mapped[int | None] = field("邀请", ForeignKey("invitations.id"), nullable=True, index=True, audit=False)
    cadre_id: Mapped[int | None] = field("责任人", ForeignKey("cadres.id"), nullable=True, index=True, audit=False)
    inspector_id: Mapped[int] = field("核查人", ForeignKey("accounts.id"), index=True, audit=False)
    second_id: Mapped[int | None] = field("第二核查人", ForeignKey("accounts.id"), nullable=True, index=True, audit=False)
    state: Mapped[PickState] = field("状态", choice(PickState), default=PickState.WAITING, audit=False)
    replaces_id: Mapped[int | None] = field("替换了", ForeignKey("picks.id"), nullable=True, index=True, audit=False)
    reason: Mapped[str] = field("替换原因", String(500), default="", audit=False)

    draw: Mapped["Draw"] = link("抽查", "Draw")  # noqa: F821
    client: Mapped["Client"] = link("对象", "Client")  # noqa: F821
    cadre: Mapped["Cadre | None"] = link("责任人", "Cadre")  # noqa: F821


class Recusal(InArea, Record, db.Model):
    """A relation that somebody declared: the account never checks that cadre or client."""

    __tablename__ = "recusals"
    __title__ = "回避申报"
    __label_field__ = "relation"

    account_id: Mapped[int] = field("检查人员", ForeignKey("accounts.id"), index=True, audit=False)
    cadre_id: Mapped[int | None] = field("要回避的干部", ForeignKey("cadres.id"), nullable=True, index=True, audit=False)
    client_id: Mapped[int | None] = field("要回避的对象", ForeignKey("clients.id"), nullable=True, index=True, audit=False)
    relation: Mapped[str] = field("关系", String(120), audit=False)
    declared_by: Mapped[str] = field("申报人", String(80))
    since: Mapped[date] = field("起始日期", db.Date)
    until: Mapped[date | None] = field("终止日期", db.Date, nullable=True)

    cadre: Mapped["Cadre | None"] = link("要回避的干部", "Cadre")  # noqa: F821
    client: Mapped["Client | None"] = link("要回避的对象", "Client")  # noqa: F821
