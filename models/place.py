"""Where things are: the tree county › township › village › grid, and the offices in it."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from models.double import Mergeable
from models.pinyin import Spelled
from models.types import PATH
from rules.places import AreaChangeKind, AreaLevel, UnitKind


class Area(Spelled, Record, db.Model):
    __tablename__ = "areas"
    __title__ = "村社区网格"
    __group__ = "基础"
    __icon__ = "geo-alt"
    __help__ = "县、乡镇、村（社区）、网格四级；代码为12位区划代码，可空；更名后，用原名也能查到"
    __label_field__ = "name"

    name: Mapped[str] = field("名称", String(60), listed=True, search=True)
    level: Mapped[AreaLevel] = field("层级", choice(AreaLevel), listed=True, filter=True)
    code: Mapped[str | None] = field("区划代码", String(20), listed=True, search=True, nullable=True, unique=True)
    parent_id: Mapped[int | None] = field("上级", ForeignKey("areas.id"), nullable=True, index=True, form=False)
    path: Mapped[str] = field("路径", PATH, form=False, mask="hidden", index=True, default="")
    former_names: Mapped[str] = field("曾用名", String(300), listed=True, search=True, form=False, default="", server_default="")
    since: Mapped[date | None] = field("设立日期", db.Date, nullable=True)
    until: Mapped[date | None] = field("撤销日期", db.Date, nullable=True)

    parent: Mapped["Area | None"] = link("上级", "Area", listed=True, remote_side="Area.id")


class AreaChange(InArea, Record, db.Model):
    """One line of a place's own history; what hung on it keeps its old place in the log."""

    __tablename__ = "area_changes"
    __title__ = "区划沿革"
    __group__ = "基础"
    __icon__ = "clock-history"
    __help__ = "更名、撤并、拆分的记录，不能修改"
    __label_field__ = "words"

    kind: Mapped[AreaChangeKind] = field("种类", choice(AreaChangeKind), listed=True, filter=True)
    words: Mapped[str] = field("经过", String(300), listed=True, search=True)
    on: Mapped[date] = field("生效日期", db.Date, listed=True)
    source: Mapped[str] = field("依据文件", String(160), listed=True, default="")
    code: Mapped[str] = field("当时代码", String(20), listed=True, search=True, default="", server_default="")
    other_id: Mapped[int | None] = field("对方", ForeignKey("areas.id"), nullable=True, index=True, form=False)

    area: Mapped["Area"] = link("地方", "Area", listed=True, filter=True, foreign_keys="AreaChange.area_id")
    other: Mapped["Area | None"] = link("并入（分出）", "Area", listed=True, foreign_keys="AreaChange.other_id")


class Unit(Mergeable, Spelled, InArea, Record, db.Model):
    __tablename__ = "units"
    __title__ = "单位站所"
    __group__ = "基础"
    __icon__ = "building"
    __label_field__ = "name"
    __table_args__ = (UniqueConstraint("area_id", "name"),)

    name: Mapped[str] = field("单位名称", String(80), listed=True, search=True)
    kind: Mapped[UnitKind] = field("类别", choice(UnitKind), listed=True, filter=True)
