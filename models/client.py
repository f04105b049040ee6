"""企业、农户、场所档案: one table, the kind decides what is asked."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, declared_attr, validates

from models.assignment import Assignment
from models.base import InArea, Record, WithUid, blind, choice, db, field, link, sealed
from models.double import Mergeable
from models.pinyin import search_keys
from rules.clients import ClientKind, ClientState, Trade, VenueKind, tags_of
from rules.text import _


class Client(Mergeable, WithUid, InArea, Record, db.Model):
    __tablename__ = "clients"
    __title__ = "服务对象"
    __label_field__ = "name"
    __table_args__ = (Index("ix_clients_counted", "kind", "merged_into_id", "area_path", "state", "phone_index"), Index("ix_clients_named", "name", "id"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"polymorphic_on": "kind", "version_id_col": cls.version}

    kind: Mapped[ClientKind] = field("种类", choice(ClientKind), form=False, mask="hidden", index=True)
    name: Mapped[str] = field("名称", String(120), listed=True, search=True)
    contact: Mapped[str] = field("联系人", String(40), listed=True, default="")
    phone: Mapped[str | None] = sealed("电话", index="phone_index", listed=True)
    phone_index: Mapped[str | None] = blind("电话索引")
    state: Mapped[ClientState] = field("状态", choice(ClientState), listed=True, filter=True, default=ClientState.ACTIVE)
    state_on: Mapped[date | None] = field("状态日期", db.Date, nullable=True, help="停业、注销（迁出、销户）从哪一天起；不填按今天")
    state_reason: Mapped[str] = field("状态原因", String(200), default="", server_default="")
    tags: Mapped[str] = field("类别标签", String(160), listed=True, search=True, filter=True, default="", server_default="", help="可写几个，用顿号隔开，例如：三类户、关爱对象")
    address: Mapped[str] = field("地址", String(160), search=True, default="", server_default="")
    note: Mapped[str] = field("备注", Text, default="")
    pinyin: Mapped[str] = field("拼音", String(400), form=False, search=True, mask="key", audit=False, default="")

    @validates("name")
    def _fill_pinyin(self, key: str, name: str) -> str:
        self.pinyin = search_keys(name)
        return name

    @validates("tags")
    def _tidy_tags(self, key: str, text: str) -> str:
        return tags_of(text or "")


def is_covered() -> Any:
    """Somebody is responsible today; asked client by client, from an index alone."""
    return select(Assignment.id).where(Assignment.client_id == Client.id, Assignment.until.is_(None)).exists()


class Enterprise(Client):
    __title__ = "企业档案"
    __group__ = "台账"
    __icon__ = "shop"
    __tones__ = {"active": "ok", "paused": "warn", "closed": "mute"}
    chips = {
        "uncovered": (_("未包抓"), lambda found: found.where(~is_covered())),
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


def _uncovered(found: Any) -> Any:
    return found.where(~is_covered())


class Household(Client):
    __title__ = "农户档案"
    __group__ = "台账"
    __icon__ = "house-door"
    __tones__ = {"active": "ok", "paused": "warn", "closed": "mute"}
    __help__ = "户名写门牌或“某某家”；户主姓名、电话默认遮盖，办理的人才看得到"
    chips = {
        "uncovered": (_("没有联户人"), _uncovered),
        "three": (_("三类户"), lambda found: found.where(Client.tags.contains("三类户"))),
        "cared": (_("关爱对象"), lambda found: found.where(Client.tags.contains("关爱对象"))),
    }
    __mapper_args__ = {"polymorphic_identity": ClientKind.HOUSEHOLD}

    head: Mapped[str | None] = field("户主", String(40), listed=True, nullable=True, mask="name")
    members: Mapped[int | None] = field("人口数", db.Integer, listed=True, nullable=True)


class Venue(Client):
    __title__ = "场所档案"
    __group__ = "台账"
    __icon__ = "geo-alt"
    __tones__ = {"active": "ok", "paused": "warn", "closed": "mute"}
    __help__ = "临街门店、路段、公共场所、养老托幼点"
    chips = {"uncovered": (_("没有责任人"), _uncovered)}
    __mapper_args__ = {"polymorphic_identity": ClientKind.VENUE}

    venue_kind: Mapped[VenueKind | None] = field("场所种类", choice(VenueKind), listed=True, filter=True, nullable=True)


class Contact(Mergeable, WithUid, InArea, Record, db.Model):
    """Further people to reach beside the client's own contact."""

    __tablename__ = "contacts"
    __title__ = "其他联系人"
    __group__ = "台账"
    __icon__ = "telephone"
    __help__ = "一户可以有几个联系人；电话加密保存，默认遮盖"
    __label_field__ = "name"
    __match__ = (("client", "name"),)

    client: Mapped["Client"] = link("服务对象", "Client", listed=True, filter=True)
    client_id: Mapped[int] = field("服务对象", ForeignKey("clients.id"), index=True, form=False)
    name: Mapped[str] = field("姓名", String(40), listed=True, search=True)
    relation: Mapped[str] = field("关系", String(40), listed=True, default="", help="例如：配偶、店长、会计")
    phone: Mapped[str | None] = sealed("电话", index="phone_index", listed=True)
    phone_index: Mapped[str | None] = blind("电话索引")
    until: Mapped[date | None] = field("停用日期", db.Date, nullable=True, listed=True)
