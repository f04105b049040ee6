"""Three invented ledgers, written the way the real models are written."""

import datetime as dt
from typing import Any

from sqlalchemy import Boolean, Date, Enum, ForeignKey, Integer, Numeric, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from models.types import Instant
from rules.choices import Choice
from rules.flows import Flow, Move


def field(
    label: str,
    sa_type: Any,
    *,
    listed=False,
    search=False,
    filter=False,
    help="",
    mask=None,
    form=True,
    required=None,
    **more: Any,
) -> Any:
    info = {
        "label": label,
        "listed": listed,
        "search": search,
        "filter": filter,
        "help": help,
        "mask": mask,
        "form": form,
    }
    return mapped_column(sa_type, info=info | {"required": required}, **more)


def link(label: str, target: str, *keys: Any, listed=False, filter=False, search=False, help="") -> Any:
    info = {"label": label, "listed": listed, "filter": filter, "search": search, "help": help}
    return relationship(target, foreign_keys=list(keys), info=info)


def choice(kind: type[Choice]) -> Enum:
    return Enum(kind, values_callable=lambda k: [m.value for m in k], native_enum=False, length=20)


class Base(DeclarativeBase):
    pass


class Sort(Choice):
    COOP = "coop", "合作社"
    FARM = "farm", "家庭农场"
    SHOP = "shop", "门店"
    FOOD = "food", "餐饮"
    FIRM = "firm", "企业"


class State(Choice):
    OPEN = "open", "在营"
    SHUT = "shut", "停业"


FLOW = Flow(
    State.OPEN,
    (
        Move("shut", "停业", frozenset({State.OPEN}), State.SHUT),
        Move("reopen", "复业", frozenset({State.SHUT}), State.OPEN),
    ),
)


class Village(Base):
    __tablename__ = "villages"
    __title__, __group__, __icon__ = "村社区", "基础", "geo-alt"
    __help__ = "乡域内的村和社区"
    __label_field__ = "name"
    chips: dict[str, Any] = {}
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = field("名称", String(40), listed=True, search=True, unique=True)
    pinyin: Mapped[str | None] = mapped_column(String(80))


class Officer(Base):
    __tablename__ = "officers"
    __title__, __group__, __icon__ = "干部名册", "基础", "people"
    __help__ = "乡村两级干部"
    __label_field__ = "name"
    chips: dict[str, Any] = {}
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = field("姓名", String(40), listed=True, search=True)
    phone: Mapped[str | None] = field("电话", String(20), listed=True, mask="phone")
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    village: Mapped[Village | None] = link("所在村", "Village", village_id, listed=True)


class Shop(Base):
    __tablename__ = "shops"
    __title__, __group__, __icon__ = "企业档案", "台账", "shop"
    __help__ = "乡域内合作社、家庭农场、门店、企业，一户一干部"
    __label_field__ = "name"
    __tones__ = {"open": "ok", "shut": "mute"}
    flow = FLOW
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = field("企业名称", String(40), listed=True, search=True, index=True)
    sort: Mapped[Sort] = field("类别", choice(Sort), listed=True, filter=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"), info={"label": "所在村"})
    village: Mapped[Village] = link("所在村", "Village", village_id, listed=True, filter=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    officer: Mapped[Officer | None] = link(
        "包抓干部",
        "Officer",
        officer_id,
        listed=True,
        filter=True,
        help="负责每月联系该企业的干部\n《包抓方案》第二条：每户企业确定一名干部，每月至少上门一次。",
    )
    owner: Mapped[str | None] = field("联系人", String(20), listed=True, search=True)
    phone: Mapped[str | None] = field("电话", String(20), listed=True, mask="phone", search=True)
    id_card: Mapped[str | None] = field("证件号", String(20), mask="id_number")
    address: Mapped[str | None] = field("地址", String(80))
    filed_on: Mapped[dt.date | None] = field("建档日期", Date, listed=True, filter=True, index=True)
    visited_at: Mapped[dt.datetime | None] = field("上次走访", Instant, filter=True)
    staff: Mapped[int | None] = field("从业人数", Integer)
    turnover: Mapped[Any] = field("年营业额（万元）", Numeric(10, 2), nullable=True)
    solved: Mapped[bool | None] = field("难题已解决", Boolean, filter=True)
    goods: Mapped[str] = field("主营", String(80), default="")
    note: Mapped[str | None] = field("备注", Text)
    state: Mapped[State] = field("状态", choice(State), listed=True, default=State.OPEN)
    version: Mapped[int] = mapped_column(default=1, info={"label": "版本"})
    __mapper_args__ = {"version_id_col": version}
    form_groups = (
        ("企业", ("name", "sort", "village", "officer", "address", "filed_on")),
        ("联系人", ("owner", "phone", "id_card")),
    )
    chips = {
        "free": ("未包抓", lambda stmt: stmt.where(Shop.officer_id.is_(None))),
        "new": ("今年建档", lambda stmt: stmt.where(Shop.filed_on >= dt.date(2024, 1, 1))),
        "shut": ("已停业", lambda stmt: stmt.where(Shop.state == State.SHUT)),
    }
