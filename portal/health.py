"""/healthz, /readyz, /metrics: for the supervisor, a load balancer and a watcher; nothing about people."""

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from models import db
from models.access.actor import system
from models.access.session import working
from services.figures import figures, is_at_head
from settings import Settings

health = Blueprint("health", __name__)
LOCAL = frozenset({"127.0.0.1", "::1"})
TEXT = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return "ok\n", 200, TEXT


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 while the database is away or not at the program's shape."""
    try:
        with working(db.engine, system("健康检查")) as session:
            at_head = is_at_head(session)
    except SQLAlchemyError:
        return "database away\n", 503, TEXT
    return ("ok\n", 200, TEXT) if at_head else ("database not migrated\n", 503, TEXT)


@health.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Counts for Prometheus; only when switched on, only from this machine."""
    settings: Settings = current_app.config["LIANXIN"]
    if not settings.metrics or request.remote_addr not in LOCAL:
        abort(404)
    with working(db.engine, system("指标")) as session:
        lines = [f"lianxin_{name} {value}" for name, value in figures(session).items()]
    return "\n".join(lines) + "\n", 200, TEXT
