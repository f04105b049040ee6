"""企业、农户、场所档案: one table, the kind decides what is asked."""

from typing import Any

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, declared_attr, validates

from models.assignment import Assignment
from models.base import InArea, Record, WithUid, blind, choice, db, field, link, sealed
from models.pinyin import search_keys
from rules.clients import ClientKind, ClientState, Trade
from rules.text import _


class Client(WithUid, InArea, Record, db.Model):
    __tablename__ = "clients"
    __title__ = "服务对象"
    __label_field__ = "name"

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"polymorphic_on": "kind", "version_id_col": cls.version}

    kind: Mapped[ClientKind] = field("种类", choice(ClientKind), form=False, mask="hidden", index=True)
    name: Mapped[str] = field("名称", String(120), listed=True, search=True)
    contact: Mapped[str] = field("联系人", String(40), listed=True, default="")
    phone: Mapped[str | None] = sealed("电话", index="phone_index", listed=True)
    phone_index: Mapped[str | None] = blind("电话索引")
    state: Mapped[ClientState] = field("状态", choice(ClientState), listed=True, filter=True, default=ClientState.ACTIVE)
    note: Mapped[str] = field("备注", Text, default="")
    pinyin: Mapped[str] = field("拼音", String(400), form=False, search=True, mask="key", audit=False, default="")

    @validates("name")
    def _fill_pinyin(self, key: str, name: str) -> str:
        self.pinyin = search_keys(name)
        return name


def covered() -> Any:
    """Clients with somebody responsible today."""
    return select(Assignment.client_id).where(Assignment.until.is_(None))


class Enterprise(Client):
    __title__ = "企业档案"
    __group__ = "台账"
    __icon__ = "shop"
    __tones__ = {"active": "ok", "paused": "warn", "closed": "mute"}
    chips = {
        "uncovered": (_("未包抓"), lambda found: found.where(Client.id.not_in(covered()))),
        "phoneless": (_("没有电话"), lambda found: found.where(Client.phone_index.is_(None))),
        "paused": (_("停业"), lambda found: found.where(Client.state == ClientState.PAUSED)),
    }
    __help__ = "合作社、家庭农场、门店、企业，一户一干部"
    __mapper_args__ = {"polymorphic_identity": ClientKind.ENTERPRISE}

    holders: Mapped[list["Cadre"]] = link(  # noqa: F821
        "责任人", "Cadre", listed=True, form=False, secondary="assignments", viewonly=True,
        primaryjoin="and_(Enterprise.id == Assignment.client_id, Assignment.until == None)",
        secondaryjoin="Assignment.cadre_id == Cadre.id",
    )  # fmt: skip
    trade: Mapped[Trade | None] = field("类别", choice(Trade), listed=True, filter=True, nullable=True)
    credit_code: Mapped[str | None] = field("统一社会信用代码", String(18), search=True, nullable=True, unique=True)


class Household(Client):
    __title__ = "农户"
    __mapper_args__ = {"polymorphic_identity": ClientKind.HOUSEHOLD}


class Venue(Client):
    __title__ = "场所"
    __mapper_args__ = {"polymorphic_identity": ClientKind.VENUE}
