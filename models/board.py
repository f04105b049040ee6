"""红黑榜: an entry with its evidence and base, proposed, confirmed, told, open to objection, expiring (HJ-2.1b, CK-4.3a)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from models.types import Instant
from rules.board_rule import Colour
from rules.boards import FLOW, BoardState


class BoardEntry(InArea, Record, db.Model):
    """One of client, cadre and unit stands on the board; `n` facts, `k` of them bad; `sources`: ",checks:12,checks:15,"."""

    __tablename__ = "board_entries"
    __title__ = "红黑榜"
    __group__ = "测评监督"
    __icon__ = "star"
    __help__ = "系统按规则建议或由人提出，另一人确认；告知、听取异议以后，两人办理才上榜，到期自动撤下"
    __label_field__ = "board"
    __page__ = "/boards/{id}"
    __in_menu__ = False  # its pages are in the daily part of the menu
    flow = FLOW

    key: Mapped[str] = field("唯一键", String(200), unique=True, mask="hidden", form=False)
    rule_id: Mapped[int] = field("规则", ForeignKey("rules.id"), index=True, form=False)
    board: Mapped[str] = field("榜单", String(120), listed=True, search=True, form=False)
    colour: Mapped[Colour] = field("红黑", choice(Colour), listed=True, filter=True, form=False)
    client_id: Mapped[int | None] = field("服务对象", ForeignKey("clients.id"), nullable=True, index=True, form=False)
    cadre_id: Mapped[int | None] = field("干部", ForeignKey("cadres.id"), nullable=True, index=True, form=False)
    unit_id: Mapped[int | None] = field("单位", ForeignKey("units.id"), nullable=True, index=True, form=False)
    n: Mapped[int] = field("基数", db.Integer, listed=True, form=False)
    k: Mapped[int] = field("发现问题次数", db.Integer, listed=True, default=0, form=False)
    grounds: Mapped[str] = field("事由", Text, audit=False, default="", form=False)
    evidence: Mapped[list[Any]] = field("所据事实", JSON, audit=False, default=list, form=False)
    sources: Mapped[str] = field("所据记录", Text, mask="hidden", audit=False, default="", form=False)
    words: Mapped[str] = field("榜上文字", String(200), audit=False, form=False)
    basis: Mapped[str] = field("依据", Text, form=False)
    state: Mapped[BoardState] = field("状态", choice(BoardState), listed=True, filter=True, index=True, default=BoardState.PROPOSED)
    proposed_by: Mapped[str] = field("提出人", String(80), form=False)
    proposed_by_id: Mapped[int | None] = field("提出人账号", ForeignKey("accounts.id"), mask="hidden", nullable=True, form=False)
    proposed_at: Mapped[datetime] = field("提出时间", Instant, listed=True, form=False)
    decided_by: Mapped[str] = field("确认人", String(80), default="", form=False)
    decided_by_id: Mapped[int | None] = field("确认人账号", ForeignKey("accounts.id"), mask="hidden", nullable=True, form=False)
    decided_at: Mapped[datetime | None] = field("确认时间", Instant, nullable=True, form=False)
    reason: Mapped[str] = field("确认理由", Text, audit=False, default="", form=False)
    told_at: Mapped[datetime | None] = field("告知时间", Instant, nullable=True, form=False)
    told_how: Mapped[str] = field("告知方式", String(200), default="", form=False)
    objection_until: Mapped[date | None] = field("异议期限", db.Date, nullable=True, form=False)
    objection: Mapped[str] = field("异议", Text, audit=False, default="", form=False)
    objected_by: Mapped[str] = field("异议提出人", String(80), default="", form=False)
    objected_at: Mapped[datetime | None] = field("异议时间", Instant, nullable=True, form=False)
    answer_until: Mapped[date | None] = field("答复期限", db.Date, nullable=True, index=True, form=False)
    answer: Mapped[str] = field("答复", Text, audit=False, default="", form=False)
    answered_by: Mapped[str] = field("答复人", String(80), default="", form=False)
    answered_at: Mapped[datetime | None] = field("答复时间", Instant, nullable=True, form=False)
    expires_on: Mapped[date | None] = field("期满日期", db.Date, listed=True, nullable=True, index=True, form=False)
    ended_by: Mapped[str] = field("撤下人", String(80), default="", form=False)
    ended_at: Mapped[datetime | None] = field("结束时间", Instant, nullable=True, form=False)
    ended_why: Mapped[str] = field("撤下理由", Text, audit=False, default="", form=False)

    client: Mapped["Client | None"] = link("服务对象", "Client", form=False)  # noqa: F821
    cadre: Mapped["Cadre | None"] = link("干部", "Cadre", form=False)  # noqa: F821
    unit: Mapped["Unit | None"] = link("单位", "Unit", form=False)  # noqa: F821

    @property
    def subject(self) -> str:
        """Who stands on it, in full: for those in charge and himself."""
        return str(self.cadre or self.unit or self.client or "")
