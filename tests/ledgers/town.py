"""An invented township of three ledgers, to try the generated screens without the real tables."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from flask import Flask, g, redirect, render_template, request
from flask_admin import Admin
from flask_admin.actions import action
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Boolean, Date, DateTime, Enum, ForeignKey, Integer, Numeric, String, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.pool import StaticPool
from wtforms import BooleanField, HiddenField, PasswordField, StringField

from admin import shell
from admin.gate import Gate, Tab
from admin.home import Board, HomeView, Task, Tile
from admin.ledger import LedgerView
from admin.theme import GovTheme
from models.access.actor import system
from portal.edge import errors
from rules.choices import Choice
from rules.errors import RuleBroken
from rules.flows import Flow, Move

NOW = dt.datetime(2024, 7, 28, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def field(label: str, sa_type: Any, *, listed=False, search=False, filter=False, help="", mask=None, form=True,
          required=None, **more: Any) -> Any:  # fmt: skip
    info = dict(label=label, listed=listed, search=search, filter=filter, help=help, mask=mask, form=form)
    return mapped_column(sa_type, info=info | {"required": required}, **more)


def link(label: str, target: str, *keys: Any, listed=False, filter=False, search=False, help="") -> Any:
    info = dict(label=label, listed=listed, filter=filter, search=search, help=help)
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
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"))
    village: Mapped[Village] = link("所在村", "Village", village_id, listed=True, filter=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    officer: Mapped[Officer | None] = link(
        "包抓干部", "Officer", officer_id, listed=True, filter=True,
        help="负责每月联系该企业的干部\n《包抓方案》第二条：每户企业确定一名干部，每月至少上门一次。",
    )  # fmt: skip
    owner: Mapped[str | None] = field("联系人", String(20), listed=True, search=True)
    phone: Mapped[str | None] = field("电话", String(20), listed=True, mask="phone", search=True)
    id_card: Mapped[str | None] = field("证件号", String(20), mask="id_number")
    address: Mapped[str | None] = field("地址", String(80))
    filed_on: Mapped[dt.date | None] = field("建档日期", Date, listed=True, filter=True, index=True)
    visited_at: Mapped[dt.datetime | None] = field("上次走访", DateTime(timezone=True))
    staff: Mapped[int | None] = field("从业人数", Integer)
    turnover: Mapped[Any] = field("年营业额（万元）", Numeric(10, 2), nullable=True)
    solved: Mapped[bool | None] = field("难题已解决", Boolean, filter=True)
    note: Mapped[str | None] = field("备注", Text)
    state: Mapped[State] = field("状态", choice(State), listed=True, default=State.OPEN)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
    chips = {
        "free": ("未包抓", lambda stmt: stmt.where(Shop.officer_id.is_(None))),
        "new": ("今年建档", lambda stmt: stmt.where(Shop.filed_on >= dt.date(2024, 1, 1))),
        "shut": ("已停业", lambda stmt: stmt.where(Shop.state == State.SHUT)),
    }


class ShopView(LedgerView):
    @action("remind", "催办", "给选中的户发催办通知？")
    def remind(self, rows: list[Any]) -> None:
        TOLD.append([row.id for row in rows])


TOLD: list[list[int]] = []


class SignIn(FlaskForm):
    """The names of the account library's form."""

    email = StringField()
    password = PasswordField()
    remember = BooleanField()
    next = HiddenField()


class Verbs:
    """Verbs with one rule, so that a refusal can be seen on the page."""

    def register(self, row: Any, *, by: Any, now: dt.datetime) -> None:
        if getattr(row, "name", "") == "不许":
            raise RuleBroken("bad-name", "名称“{name}”不合规，请按营业执照填写。", name=row.name)

    amend = register

    def move(self, row: Any, name: str, *, by: Any, now: dt.datetime, reason: str) -> None:
        if name == "shut" and not reason:
            raise RuleBroken("reason-missing", "请填写停业理由。")
        row.state = Shop.flow.step(row.state, name)


CLERK = SimpleNamespace(name="李经办", role="clerk")
GUEST = SimpleNamespace(name="访客", role="guest")
MASKED = {("Shop", "phone"), ("Shop", "id_card"), ("Officer", "phone")}


def may(actor: Any, action: str, model: type) -> bool:
    return actor.role == "clerk"


def field_view(actor: Any, model: type, key: str) -> str:
    return "masked" if (model.__name__, key) in MASKED else "plain"


def board(actor: Any) -> Board:
    tiles = [Tile("满意度得分", "88.6", "分", "▲ 1.2 较上月", "ok"), Tile("答卷回收", "40/51", "份", "回收率 78.4%"),
             Tile("本月走访", "126", "次", "▲ 9 较上月", "ok"), Tile("问题办结率", "91.3", "%", "办结 42 / 46", "ok"),
             Tile("超期督办", "2", "件", "▼ 需今日处理", "bad")]  # fmt: skip
    tasks = [Task("超期 2 天", "督办单第 17 号", "/admin/shop/", "石桥村 · 门店反映“来得少”", "去处理", "bad"),
             Task("今天到期", "12 家企业本月未走访", "/admin/shop/", "涉及 4 名干部", "催办", "warn"),
             Task("本周五", "接访下访台账待上报", "/admin/shop/", "12:00 前报综治中心", "导出")]  # fmt: skip
    return Board("2024 年 7 月 · 第 3 轮满意度测评", tiles, tasks)


def make_app(path: str = "", **config: Any) -> Flask:
    """The township on SQLite; with no `path` in memory."""
    root = __file__.rsplit("/tests/", 1)[0]
    app = Flask("town", template_folder=f"{root}/templates", static_folder=f"{root}/static")
    app.config.update(
        SECRET_KEY="invented-key-for-tests", SQLALCHEMY_DATABASE_URI=f"sqlite:///{path}",
        BABEL_DEFAULT_LOCALE="zh_Hans_CN", BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
    )  # fmt: skip
    if not path:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": StaticPool}
    app.config.update(config)
    db = SQLAlchemy(app, model_class=Base, session_options={"info": {"actor": system("试验乡镇")}})
    Babel(app)
    CSRFProtect(app)
    gate = Gate(
        actor=lambda: g.get("actor"), may=may, field_view=field_view, verbs=Verbs(), now=lambda: NOW,
        exported=lambda actor, model, count, reason: "DC-0001", badges=lambda actor: {"officer": 3},
        notices=lambda actor: 3, links={"notices": "admin.index"}, tabs=tabs,
        history=lambda row: [("2024-07-19 10:05", "李经办", "改了联系人"), ("2024-07-01 09:00", "李经办", "建档")],
    )  # fmt: skip
    gate.links["logout"] = "goodbye"
    app.add_url_rule("/login", "login", lambda: render_template("security/login_user.html", login_user_form=SignIn()))
    app.add_url_rule("/goodbye", "goodbye", lambda: redirect("/admin/"), methods=["POST"])
    home = HomeView(gate, board)
    admin = Admin(app, name="连心", theme=GovTheme(), index_view=home, translations_path=f"{root}/translations")
    admin.add_views(ShopView(Shop, db, gate), LedgerView(Officer, db, gate), LedgerView(Village, db, gate))
    errors.init_app(app)
    shell.install(app, admin, gate, brand="乡镇治理平台", unit="样例乡党政综合办公室")
    sign_in(app)
    app.after_request(lambda answer: answer.headers.setdefault("Content-Security-Policy", CSP) and answer)
    with app.app_context():
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON"))
        db.create_all()
    app.db = db
    return app


def tabs(actor: Any) -> list[Tab]:
    return [Tab("首页", "/admin/", "house-door"), Tab("企业", "/admin/shop/", "shop"),
            Tab("记一户", "/admin/shop/new/", "plus-lg", main=True), Tab("干部", "/admin/officer/", "people")]  # fmt: skip


def sign_in(app: Flask) -> None:
    people = {"clerk": CLERK, "guest": GUEST}

    @app.before_request
    def who() -> None:
        g.actor = people.get(request.cookies.get("who", ""))


def settle(app: Flask, shops: int = 57) -> None:
    """Villages, officers and shops; phones are all of the invented block."""
    names = ["丰禾种植农民专业合作社", "绿源养殖家庭农场", "春晖食品门市部", "金穗餐饮店", "万顺食品加工有限公司"]
    with app.app_context():
        villages = [Village(name=n, pinyin=p) for n, p in
                    (("柳湾村", "lww"), ("东岭村", "dlc"), ("石桥村", "sqc"), ("梨园社区", "lysq"), ("青禾村", "qhc"))]
        officers = [Officer(name=n, phone=f"199000000{i:02}", village=villages[i % 5])
                    for i, n in enumerate(("王庚", "周丁", "钱甲", "冯辛", "吴戊"))]
        app.db.session.add_all([*villages, *officers])
        app.db.session.flush()
        for n in range(shops):
            app.db.session.add(Shop(
                name=f"样例县{names[n % 5]}" if n < 5 else f"第{n}号{names[n % 5]}", sort=list(Sort)[n % 5],
                village=villages[n % 5], officer=officers[n % 5] if n % 7 else None, owner="赵钱孙李周吴郑王"[n % 8] + "某",
                phone=f"199000000{n % 100:02}", id_card=f"62000019800101{n:04}", address=f"{villages[n % 5].name}{n % 6 + 1}组",
                filed_on=dt.date(2019, 1, 1) + dt.timedelta(days=37 * n), state=State.SHUT if n % 9 == 0 else State.OPEN,
            ))  # fmt: skip
        app.db.session.commit()
