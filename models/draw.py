"""抽查: a frozen list, a promise, the dice (QY-2.3c, SJ-3.2)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, WithUid, choice, db, field, link, sealed
from models.types import Instant
from rules.draws import FLOW, DrawMethod, DrawState, FrameKind
from rules.text import _


class Draw(WithUid, InArea, Record, db.Model):
    """`frame`: pairs of stratum and id; `able`: accounts that may check; `led_by_id`: the leader whose draw it is."""

    __tablename__ = "draws"
    __title__ = "抽查"
    __group__ = "测评监督"
    __icon__ = "shuffle"
    __label_field__ = "number"
    __page__ = "/draws/{id}"
    __in_menu__ = False  # its pages are in the daily part of the menu
    __tones__ = {"frozen": "warn", "committed": "warn", "drawn": "info", "closed": "ok"}
    chips = {
        "running": (_("进行中"), lambda found: found.where(Draw.state.not_in([DrawState.CLOSED, DrawState.VOIDED]))),
        "closed": (_("已结束"), lambda found: found.where(Draw.state == DrawState.CLOSED)),
    }
    flow = FLOW

    number: Mapped[str] = field("编号", String(40), unique=True, listed=True, search=True, form=False)
    key: Mapped[str] = field("唯一键", String(160), unique=True, mask="hidden", form=False, audit=False)
    rule_id: Mapped[int | None] = field("规则", ForeignKey("rules.id"), nullable=True, form=False)
    kind: Mapped[FrameKind] = field("名单", choice(FrameKind), listed=True, filter=True, form=False)
    method: Mapped[DrawMethod] = field("方式", choice(DrawMethod), listed=True, filter=True, form=False)
    purpose: Mapped[str] = field("事由", String(200), listed=True, form=False, audit=False)
    round_id: Mapped[int | None] = field("测评轮次", ForeignKey("rounds.id"), nullable=True, index=True, form=False, audit=False)
    led_by_id: Mapped[int | None] = field("由谁抽", ForeignKey("accounts.id"), nullable=True, index=True, form=False)
    divided: Mapped[list[str]] = field("按什么分层", JSON, default=list, audit=False, form=False)
    frame: Mapped[list[Any]] = field("抽样名单", JSON, mask="hidden", audit=False, form=False)
    frame_hash: Mapped[str] = field("名单指纹", String(64), form=False)
    weights: Mapped[dict[str, int]] = field("各层权重", JSON, mask="hidden", audit=False, default=dict, form=False)
    size: Mapped[int] = field("样本量", db.Integer, listed=True, form=False, audit=False)
    reckoned: Mapped[str] = field("样本量怎么定的", String(200), default="", form=False, audit=False)
    per_target: Mapped[int] = field("每个对象几人核查", db.Integer, default=1, form=False, audit=False)
    able: Mapped[list[int]] = field("检查人员", JSON, mask="hidden", audit=False, form=False)
    conflicts: Mapped[dict[str, list[int]]] = field("回避", JSON, mask="hidden", audit=False, default=dict, form=False)
    commitment: Mapped[str] = field("承诺值", String(64), default="", form=False)
    server_value: Mapped[str | None] = sealed("服务器数值", mask="hidden", form=False)
    dice: Mapped[str] = field("骰子点数", String(200), default="", mask="hidden", audit=False, form=False)
    seed: Mapped[str | None] = field("种子", String(64), unique=True, nullable=True, mask="hidden", audit=False, form=False)
    redraw_of_id: Mapped[int | None] = field("重抽自", ForeignKey("draws.id"), nullable=True, index=True, form=False)
    state: Mapped[DrawState] = field("状态", choice(DrawState), listed=True, filter=True, default=DrawState.FROZEN, form=False)
    frozen_by: Mapped[str] = field("固定名单人", String(80), form=False)
    frozen_at: Mapped[datetime] = field("固定名单时间", Instant, listed=True, form=False)
    committed_by: Mapped[str] = field("公布人", String(80), default="", form=False)
    committed_at: Mapped[datetime | None] = field("公布时间", Instant, nullable=True, form=False)
    drawn_by: Mapped[str] = field("抽取人", String(80), default="", form=False)
    drawn_at: Mapped[datetime | None] = field("抽取时间", Instant, nullable=True, form=False)
    ended_by: Mapped[str] = field("结束人", String(80), default="", form=False)
    ended_at: Mapped[datetime | None] = field("结束时间", Instant, nullable=True, form=False)
    ended_why: Mapped[str] = field("作废原因", Text, default="", form=False, audit=False)

    rule: Mapped["Rule | None"] = link("规则", "Rule", form=False)  # noqa: F821
    round: Mapped["Round | None"] = link("测评轮次", "Round", form=False)  # noqa: F821
