"""公布登记: who asked, who agreed, in which words, until when, taken down when and why (《个人信息保护法》第二十五条)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from models.types import Instant
from rules.board_rule import Colour
from rules.publications import FLOW, PublicationState
from rules.text import _


class Publication(InArea, Record, db.Model):
    """The redacted text of one entry: all that a board may show. Asked for by one person, agreed to by another."""

    __tablename__ = "publications"
    __title__ = "公布登记"
    __group__ = "测评监督"
    __icon__ = "journal-text"
    __help__ = "谁提出、谁同意、公布的原文、到哪天、何时为何撤下；姓名已遮盖"
    __label_field__ = "name"
    __page__ = "/boards/{entry_id}"
    __tones__ = {"asked": "warn", "live": "ok", "withdrawn": "bad"}
    chips = {
        "asked": (_("等同意"), lambda found: found.where(Publication.state == PublicationState.ASKED)),
        "live": (_("公布中"), lambda found: found.where(Publication.state == PublicationState.LIVE)),
    }
    __table_args__ = (Index("ix_publications_shown", "public", "state", "area_path"),)
    flow = FLOW

    entry_id: Mapped[int] = field("榜上条目", ForeignKey("board_entries.id"), index=True, form=False)
    board: Mapped[str] = field("榜单", String(120), listed=True, search=True, form=False)
    colour: Mapped[Colour] = field("红黑", choice(Colour), listed=True, filter=True, form=False)
    name: Mapped[str] = field("公布的名称", String(120), listed=True, form=False)
    place: Mapped[str] = field("公布的地方", String(60), form=False)
    words: Mapped[str] = field("公布的文字", String(200), listed=True, form=False)
    public: Mapped[bool] = field("对外公开", db.Boolean, listed=True, filter=True, form=False)
    consent: Mapped[str] = field("本人同意", String(200), audit=False, default="", form=False)
    state: Mapped[PublicationState] = field("状态", choice(PublicationState), listed=True, filter=True, default=PublicationState.ASKED)
    asked_by: Mapped[str] = field("提出人", String(80), listed=True, form=False)
    asked_by_id: Mapped[int] = field("提出人账号", ForeignKey("accounts.id"), mask="hidden", form=False)
    asked_at: Mapped[datetime] = field("提出时间", Instant, form=False)
    agreed_by: Mapped[str] = field("同意人", String(80), listed=True, default="", form=False)
    agreed_by_id: Mapped[int | None] = field("同意人账号", ForeignKey("accounts.id"), mask="hidden", nullable=True, form=False)
    agreed_at: Mapped[datetime | None] = field("同意时间", Instant, nullable=True, form=False)
    from_on: Mapped[date | None] = field("公布日期", db.Date, listed=True, nullable=True, form=False)
    until_on: Mapped[date | None] = field("收起日期", db.Date, listed=True, nullable=True, form=False)
    ended_by: Mapped[str] = field("收起人", String(80), default="", form=False)
    ended_at: Mapped[datetime | None] = field("收起时间", Instant, nullable=True, form=False)
    ended_why: Mapped[str] = field("收起理由", String(200), default="", form=False)

    entry: Mapped["BoardEntry"] = link("榜上条目", "BoardEntry", form=False)  # noqa: F821
