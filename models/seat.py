"""Leading groups, task forces and their groups, with a seat for each member."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from models.pinyin import Spelled
from rules.teams import SeatRole, TeamKind
from rules.text import _


class Team(Spelled, InArea, Record, db.Model):
    __tablename__ = "teams"
    __title__ = "领导小组和专班"
    __group__ = "基础"
    __icon__ = "people"
    __help__ = "名称与文件一致，方案里有配备要求的会自动核对人数"
    __label_field__ = "name"
    chips = {"current": (_("现有"), lambda found: found.where(Team.until.is_(None)))}

    name: Mapped[str] = field("名称", String(80), listed=True, search=True)
    kind: Mapped[TeamKind] = field("种类", choice(TeamKind), listed=True, filter=True)
    parent_id: Mapped[int | None] = field("隶属", ForeignKey("teams.id"), nullable=True, index=True, form=False)
    since: Mapped[date | None] = field("成立日期", db.Date, nullable=True, listed=True)
    until: Mapped[date | None] = field("撤销日期", db.Date, nullable=True, listed=True)
    source: Mapped[str] = field("成立文件", String(160), listed=True, default="")

    parent: Mapped["Team | None"] = link("隶属", "Team", listed=True, remote_side="Team.id")


class Seat(InArea, Record, db.Model):
    __tablename__ = "seats"
    __title__ = "小组成员"
    __group__ = "基础"
    __icon__ = "person-plus"
    __help__ = "换人先填止期，再新增一条；原记录保留"
    __label_field__ = "words"
    __match__ = (("cadre", "team", "role", "since"),)
    chips = {"current": (_("在任"), lambda found: found.where(Seat.until.is_(None)))}
    __table_args__ = (
        Index("ux_seats_current", "team_id", "cadre_id", "role", unique=True,
              sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
    )  # fmt: skip

    team: Mapped["Team"] = link("小组", "Team", listed=True, filter=True)
    cadre: Mapped["Cadre"] = link("成员", "Cadre", listed=True, filter=True)  # noqa: F821
    team_id: Mapped[int] = field("小组", ForeignKey("teams.id"), index=True, form=False)
    cadre_id: Mapped[int] = field("成员", ForeignKey("cadres.id"), index=True, form=False)
    role: Mapped[SeatRole] = field("职责", choice(SeatRole), listed=True, filter=True, default=SeatRole.MEMBER)
    since: Mapped[date] = field("起始日期", db.Date, listed=True)
    until: Mapped[date | None] = field("终止日期", db.Date, nullable=True, listed=True)
    source: Mapped[str] = field("依据文件", String(160), default="")
    reason: Mapped[str] = field("终止原因", String(200), default="")

    @property
    def words(self) -> str:
        return f"{self.team}·{self.role.label}"
