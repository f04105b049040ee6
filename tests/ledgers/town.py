"""An invented township of three ledgers (tables.py), to try the generated screens without the real tables."""

import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request, send_file
from flask_admin import Admin
from flask_admin.actions import action
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlalchemy import event
from sqlalchemy.pool import StaticPool
from wtforms import BooleanField, HiddenField, PasswordField, StringField

from admin import shell
from admin.gate import Gate, Tab
from admin.home import HomeView
from admin.ledger import LedgerView
from admin.theme import GovTheme
from documents.sheets import MIMES, WRITERS, file_name
from models.access.actor import system
from portal.edge import errors
from rules.errors import RuleBroken
from services.board import Board, Task, Tile
from services.lists.sheets import Listing, footer, sheet_of
from tests.ledgers.tables import Base, Officer, Shop, Village

NOW = dt.datetime(2024, 7, 28, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def export(model: type, args: dict[str, str], kind: str) -> Any:
    """Writes what the real house writes, without its register."""
    listing = Listing(model, args, SimpleNamespace(actor=lambda: CLERK, field_view=field_view))
    out = io.BytesIO()
    lines = footer("李经办", "", "DC-0001", listing.said(), "", NOW)
    WRITERS[kind](out, sheet_of(listing, listing.rows(current_app.db.session), lines))
    out.seek(0)
    return send_file(out, mimetype=MIMES[kind], as_attachment=True, download_name=file_name(listing.title, NOW.date(), kind))


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
    tiles = [
        Tile("满意度得分", "88.6", "分", "▲ 1.2 较上月", "ok"),
        Tile("答卷回收", "40/51", "份", "回收率 78.4%"),
        Tile("本月走访", "126", "次", "▲ 9 较上月", "ok"),
        Tile("问题办结率", "91.3", "%", "办结 42 / 46", "ok"),
        Tile("超期督办", "2", "件", "▼ 需今日处理", "bad"),
    ]
    tasks = [
        Task("超期 2 天", "督办单第 17 号", "/admin/shop/", "石桥村 · 门店反映“来得少”", "去处理", "bad"),
        Task("今天到期", "12 家企业本月未走访", "/admin/shop/", "涉及 4 名干部", "催办", "warn"),
        Task("本周五", "接访下访台账待上报", "/admin/shop/", "12:00 前报综治中心", "导出"),
    ]
    return Board("2024 年 7 月 · 第 3 轮满意度测评", tiles, tasks)


def make_app(path: str = "", **config: Any) -> Flask:
    """The township on SQLite; with no `path` in memory."""
    root = __file__.rsplit("/tests/", 1)[0]
    app = Flask("town", template_folder=f"{root}/templates", static_folder=f"{root}/static")
    own = FileSystemLoader(f"{root}/tests/ledgers/pages")
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, own])
    app.config.update(
        SECRET_KEY="invented-key-for-tests",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{path}",
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
    )
    if not path:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": StaticPool}
    app.config.update(config)
    db = SQLAlchemy(app, model_class=Base, session_options={"info": {"actor": system("试验乡镇")}})
    Babel(app)
    CSRFProtect(app)
    gate = Gate(
        actor=lambda: g.get("actor"),
        may=may,
        field_view=field_view,
        verbs=Verbs(),
        now=lambda: NOW,
        export=export,
        badges=lambda actor: {"officer": 3},
        notices=lambda actor: 3,
        links={"notices": "admin.index"},
        tabs=tabs,
        history=lambda row: [
            (NOW - dt.timedelta(days=9), "李经办", "改了联系人"),
            (NOW - dt.timedelta(days=27), "李经办", "建档"),
        ],
    )
    gate.links["logout"] = "goodbye"
    app.add_url_rule("/login", "login", lambda: render_template("security/login_user.html", login_user_form=SignIn()))
    app.add_url_rule("/today", "today", lambda: render_template("today.html", tasks=board(None).tasks))
    app.add_url_rule("/goodbye", "goodbye", lambda: redirect("/admin/"), methods=["POST"])
    home = HomeView(gate, board)
    admin = Admin(app, name="连心", theme=GovTheme(), index_view=home)
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
    return [
        Tab("首页", "/admin/", "house-door"),
        Tab("企业", "/admin/shop/", "shop"),
        Tab("记一户", "/admin/shop/new/", "plus-lg", main=True),
        Tab("干部", "/admin/officer/", "people"),
    ]


def sign_in(app: Flask) -> None:
    people = {"clerk": CLERK, "guest": GUEST}

    @app.before_request
    def who() -> None:
        g.actor = people.get(request.cookies.get("who", ""))
