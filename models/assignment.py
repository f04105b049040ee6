"""包抓、包保责任: who covers whom, from when to when, by which paper; ended and begun, never overwritten."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from rules.coverage import CoverKind
from rules.text import _


class Assignment(InArea, Record, db.Model):
    __tablename__ = "assignments"
    __title__ = "包保关系"
    __group__ = "台账"
    __icon__ = "diagram-3"
    __help__ = "换人请用“移交”，原记录保留起止日期"
    __label_field__ = "title"
    __match__ = (("client", "cadre", "kind", "since"),)
    __page__ = "/assignments/{id}"
    chips = {
        "current": (_("在册"), lambda found: found.where(Assignment.until.is_(None))),
        "ended": (_("已终止"), lambda found: found.where(Assignment.until.is_not(None))),
    }
    __table_args__ = (
        Index("ux_assignments_current", "kind", "client_id", unique=True,
              sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
        Index("ix_assignments_open", "client_id", "until", "area_path"),
        Index("ix_assignments_ended", "area_path", sqlite_where=text("until IS NOT NULL"), postgresql_where=text("until IS NOT NULL")),
    )  # fmt: skip

    client: Mapped["Client"] = link("企业", "Client", listed=True, filter=True)  # noqa: F821
    cadre: Mapped["Cadre"] = link("责任人", "Cadre", listed=True, filter=True)  # noqa: F821
    kind: Mapped[CoverKind] = field("责任种类", choice(CoverKind), listed=True, filter=True)
    client_id: Mapped[int] = field("企业", ForeignKey("clients.id"), index=True, form=False)
    cadre_id: Mapped[int] = field("责任人", ForeignKey("cadres.id"), index=True, form=False)
    since: Mapped[date] = field("起始日期", db.Date, listed=True)
    until: Mapped[date | None] = field("终止日期", db.Date, nullable=True, listed=True, form=False)
    source: Mapped[str] = field("依据文件", String(160), listed=True, default="", help="例如：包保责任清单（2023年11月）")
    reason: Mapped[str] = field("原因", String(200), default="", form=False)

    @property
    def title(self) -> str:
        return f"{self.client} — {self.cadre}"
