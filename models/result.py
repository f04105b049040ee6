"""What a round came to: a numbered snapshot that later corrections never overwrite."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, db, field, link
from models.types import Instant


class Snapshot(InArea, Record, db.Model):
    __tablename__ = "snapshots"
    __title__ = "测评结果"
    __group__ = "测评监督"
    __icon__ = "archive"
    __help__ = "归档后不改；更正另出新版"
    __label_field__ = "number"
    __page__ = "/rounds/{round_id}"
    __table_args__ = (UniqueConstraint("round_id", "edition"),)

    round_id: Mapped[int] = field("轮次", ForeignKey("rounds.id"), form=False)
    edition: Mapped[int] = field("版次", db.Integer, listed=True)
    number: Mapped[str] = field("快照编号", String(40), unique=True, listed=True, search=True)
    frozen_at: Mapped[datetime] = field("归档时间", Instant, listed=True)
    frozen_by: Mapped[str] = field("归档人", String(80), listed=True)
    reason: Mapped[str] = field("更正理由", String(200), default="")
    digest: Mapped[str] = field("内容摘要", String(64), listed=True)
    totals: Mapped[dict[str, Any]] = field("合计", JSON, mask="hidden", audit=False)

    round: Mapped["Round"] = link("轮次", "Round", listed=True, filter=True, form=False)  # noqa: F821


class Result(InArea, Record, db.Model):
    """One cadre in one snapshot; the distribution is for the discipline office and the leader in charge."""

    __tablename__ = "results"
    __title__ = "干部测评结果"
    __table_args__ = (UniqueConstraint("snapshot_id", "cadre_id"),)

    snapshot_id: Mapped[int] = field("快照", ForeignKey("snapshots.id"), form=False)
    cadre_id: Mapped[int] = field("干部", ForeignKey("cadres.id"), index=True, form=False)
    invited: Mapped[int] = field("应评", db.Integer, listed=True)
    n: Mapped[int] = field("收回", db.Integer, listed=True)
    refused: Mapped[int] = field("拒答", db.Integer, listed=True)
    closed_shops: Mapped[int] = field("停业", db.Integer, listed=True)
    mean: Mapped[Any | None] = field("平均分", Numeric(6, 2), listed=True, nullable=True, audit=False)
    distribution: Mapped[dict[str, int]] = field("分布", JSON, mask="hidden", audit=False)
    withheld: Mapped[str] = field("不公布原因", String(200), default="")

    snapshot: Mapped["Snapshot"] = link("快照", "Snapshot", form=False)
    cadre: Mapped["Cadre"] = link("干部", "Cadre", listed=True, form=False)  # noqa: F821
