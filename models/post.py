"""Posts and who holds them: A and B, from when to when, by which paper; ended and begun, never overwritten."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from rules.posts import PostKind, Rank, slot_of
from rules.text import _


class Post(InArea, Record, db.Model):
    __tablename__ = "posts"
    __title__ = "岗位任职"
    __group__ = "基础"
    __icon__ = "person-badge"
    __help__ = "一岗一人，A岗外出时由B岗履职；换人先填止期，再新增一条"
    __label_field__ = "words"
    __match__ = (("cadre", "kind", "title", "rank", "area", "unit", "since"),)
    chips = {
        "current": (_("在任"), lambda found: found.where(Post.until.is_(None))),
        "heads": (_("网格长"), lambda found: found.where(Post.until.is_(None), Post.kind == PostKind.GRID_HEAD)),
        "ended": (_("已离任"), lambda found: found.where(Post.until.is_not(None))),
    }
    __table_args__ = (
        Index("ux_posts_current", "slot", "rank", unique=True,
              sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
    )  # fmt: skip

    title: Mapped[str] = field("岗位", String(60), listed=True, search=True)
    kind: Mapped[PostKind] = field("种类", choice(PostKind), listed=True, filter=True)
    rank: Mapped[Rank] = field("A/B岗", choice(Rank), listed=True, filter=True, default=Rank.A)
    cadre: Mapped["Cadre"] = link("任职人", "Cadre", listed=True, filter=True)  # noqa: F821
    unit: Mapped["Unit | None"] = link("单位", "Unit", listed=True, filter=True)  # noqa: F821
    cadre_id: Mapped[int] = field("任职人", ForeignKey("cadres.id"), index=True, form=False)
    unit_id: Mapped[int | None] = field("单位", ForeignKey("units.id"), nullable=True, index=True, form=False)
    slot: Mapped[str] = field("唯一键", String(160), form=False, mask="hidden", audit=False, default="")
    since: Mapped[date] = field("任职日期", db.Date, listed=True)
    until: Mapped[date | None] = field("离任日期", db.Date, nullable=True, listed=True)
    source: Mapped[str] = field("任职文件", String(160), default="")
    reason: Mapped[str] = field("离任原因", String(200), default="")

    def complete(self) -> None:
        """What makes two rows the same post; the person, place and unit are known by now."""
        self.slot = slot_of(self.kind, self.title, self.area.id, self.unit.id if self.unit else None, self.cadre.id)

    @property
    def words(self) -> str:
        return f"{self.title}（{self.rank.label}）"
