"""责任包抓表: who answers for a village, a group, a patch; one owner at each level (HJ-1.1)."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from rules.coverage import ChargeLevel
from rules.text import _


class Charge(InArea, Record, db.Model):
    __tablename__ = "charges"
    __title__ = "片区责任"
    __group__ = "台账"
    __icon__ = "geo-alt"
    __help__ = "科级包村、村干部包组、组干部负责辖区、保洁员负责片区：每级一人，原记录保留起止日期"
    __label_field__ = "words"
    __match__ = (("cadre", "level", "area", "since"),)
    chips = {
        "current": (_("在册"), lambda found: found.where(Charge.until.is_(None))),
        "ended": (_("已终止"), lambda found: found.where(Charge.until.is_not(None))),
    }
    __table_args__ = (
        Index("ux_charges_current", "level", "area_id", unique=True,
              sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
    )  # fmt: skip

    level: Mapped[ChargeLevel] = field("责任层级", choice(ChargeLevel), listed=True, filter=True)
    cadre: Mapped["Cadre"] = link("责任人", "Cadre", listed=True, filter=True)  # noqa: F821
    cadre_id: Mapped[int] = field("责任人", ForeignKey("cadres.id"), index=True, form=False)
    since: Mapped[date] = field("起始日期", db.Date, listed=True)
    until: Mapped[date | None] = field("终止日期", db.Date, nullable=True, listed=True)
    source: Mapped[str] = field("依据文件", String(160), listed=True, default="")
    reason: Mapped[str] = field("终止原因", String(200), default="")

    @property
    def words(self) -> str:
        return f"{self.area} {self.level.label}"
