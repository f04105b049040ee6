"""Flask-Admin as it comes, on the same tables: plain ModelViews, look-ups by form_ajax_refs, a sign-in check."""

from typing import Any

from flask import Flask, session
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Table, event, text
from sqlalchemy.orm import DeclarativeBase

from models.access.actor import system


class Stock:
    """`client` is signed in; `get` and `post` as on house.Person."""

    def __init__(self, url: str) -> None:
        self.app = Flask("stock", template_folder=None, static_folder=None)
        self.app.config.update(SECRET_KEY="bench", SQLALCHEMY_DATABASE_URI=url)

        class Base(DeclarativeBase):
            pass

        # Our listeners hear every session of the process; as the machine itself it passes at once.
        self.db = SQLAlchemy(self.app, model_class=Base, session_options={"info": {"actor": system("stock")}})
        with self.app.app_context():
            _as_ours(self.db.engine)
            self._views()
        Babel(self.app)
        self.client = self.app.test_client()
        with self.client.session_transaction() as cookie:
            cookie["who"] = 1

    def _views(self) -> None:
        db = self.db
        tables = {name: Table(name, db.metadata, autoload_with=db.engine) for name in ("areas", "cadres", "orders")}
        area, cadre = _mapped(db, "Area", tables["areas"]), _mapped(db, "Cadre", tables["cadres"])
        order = type("Order", (db.Model,), {
            "__table__": tables["orders"],
            "area": db.relationship(area, foreign_keys=[tables["orders"].c.area_id]),
            "cadre": db.relationship(cadre, foreign_keys=[tables["orders"].c.cadre_id]),
        })  # fmt: skip
        Admin(self.app).add_view(_view(db)(order, db))

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, path: str, values: dict[str, Any]) -> str:
        answer = self.client.post(path, data=values)
        assert answer.status_code == 302, f"{path}: {answer.status_code}"
        return answer.text


def _mapped(db: Any, name: str, table: Table) -> Any:
    return type(name, (db.Model,), {"__table__": table, "__str__": lambda self: self.name})


def _view(db: Any) -> type[ModelView]:
    class OrderView(ModelView):
        page_size = 50
        can_export = True
        export_max_rows = 100_000
        column_list = ("area", "number", "matter", "state", "due_on", "issued_at", "cadre")
        column_default_sort = ("id", True)
        column_searchable_list = ("number", "matter")
        column_filters = ("state",)
        form_columns = ("area", "cadre", "number", "key", "matter", "feedback", "request", "basis", "state", "area_path", "version",
                        "evidence", "due_steps", "issued_by", "reply", "returned", "remark")  # fmt: skip
        form_ajax_refs = {"area": {"fields": ("name",)}, "cadre": {"fields": ("name",)}}

        def is_accessible(self) -> bool:
            who = db.session.execute(text("SELECT id, role FROM accounts WHERE id = :id"), {"id": session.get("who")})
            return who.one_or_none() is not None

    return OrderView


def _as_ours(engine: Any) -> None:
    """The same settings of the same SQLite."""
    if engine.dialect.name == "sqlite":
        @event.listens_for(engine, "connect")
        def settle(connection: Any, record: Any) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "cache_size=-16000"):
                connection.execute(f"PRAGMA {pragma}")
