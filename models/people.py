"""Officials: one row a person, whoever employs or lists him."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, validates

from models.base import InArea, Record, WithUid, blind, db, field, link, sealed
from models.pinyin import search_keys


class Cadre(WithUid, InArea, Record, db.Model):
    __tablename__ = "cadres"
    __title__ = "干部名册"
    __group__ = "基础"
    __icon__ = "people"
    __help__ = "一人一行；电话默认遮盖，离岗填截止日期，不删除"
    __label_field__ = "name"

    name: Mapped[str] = field("姓名", String(40), listed=True, search=True)
    unit_id: Mapped[int | None] = field("单位", ForeignKey("units.id"), nullable=True, index=True, form=False)
    post: Mapped[str] = field("职务", String(60), listed=True, default="")
    phone: Mapped[str | None] = sealed("电话", index="phone_index", listed=True)
    phone_index: Mapped[str | None] = blind("电话索引")
    since: Mapped[date | None] = field("到岗日期", db.Date, nullable=True)
    until: Mapped[date | None] = field("离岗日期", db.Date, nullable=True, listed=True)
    away_since: Mapped[date | None] = field("外出起", db.Date, nullable=True, help="请假、学习、借调：这段时间由B岗履职")
    away_until: Mapped[date | None] = field("外出止", db.Date, nullable=True, help="可空；到期自动恢复A岗")
    pinyin: Mapped[str] = field("拼音", String(200), form=False, search=True, mask="key", audit=False, default="")

    unit: Mapped["Unit | None"] = link("单位", "Unit", listed=True, filter=True)  # noqa: F821

    @validates("name")
    def _fill_pinyin(self, key: str, name: str) -> str:
        self.pinyin = search_keys(name)
        return name
