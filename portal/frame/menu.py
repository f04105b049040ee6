"""Entries of the side menu and tabs of the phone for pages outside the ledgers, by role."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from rules.roles import Role
from rules.text import _

OFFICE = frozenset({Role.CLERK, Role.LEADER, Role.DISCIPLINE})
HELD = frozenset({Role.CADRE, Role.STATION, Role.VILLAGE, Role.GRID, Role.MEDIATION})
WITH_CADRE_PAGES = OFFICE | HELD


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    here: bool
    main: bool = False


@dataclass(frozen=True)
class Door:
    """One page that a menu may offer; `tab`: also at the foot of a phone."""

    endpoint: str
    label: str
    icon: str
    roles: frozenset[Role]
    tab: bool = True


HAVE_TODAY = WITH_CADRE_PAGES - {Role.CLERK}
DOORS = (
    Door("admin.index", _("工作台"), "house-door", frozenset(Role) - HAVE_TODAY),
    Door("today.index", _("今日"), "house-door", HAVE_TODAY),
    Door("imports.new", _("导入名单"), "upload", frozenset({Role.CLERK}), tab=False),
    Door("gaps.index", _("查漏"), "clipboard-check", OFFICE, tab=False),
    Door("areas.index", _("区划"), "diagram-3", OFFICE, tab=False),
    Door("letters.index", _("责任状签订"), "file-earmark-text", OFFICE, tab=False),
    Door("doubles.index", _("查重"), "people", frozenset({Role.CLERK}), tab=False),
    Door("rounds.index", _("测评轮次"), "emoji-smile", OFFICE),
    Door("draws.index", _("抽查"), "shuffle", frozenset({Role.DISCIPLINE, Role.LEADER}), tab=False),
    Door("checks.index", _("检查表"), "clipboard-check", frozenset({Role.DISCIPLINE, Role.LEADER}), tab=False),
    Door("orders.index", _("督办单"), "exclamation-triangle", WITH_CADRE_PAGES),
    Door("sanctions.index", _("处理建议"), "flag", WITH_CADRE_PAGES, tab=False),
    Door("boards.index", _("红黑榜"), "star", frozenset({Role.DISCIPLINE, Role.LEADER, Role.VILLAGE}), tab=False),
    Door("plates.choose", _("印墙牌"), "qr-code", frozenset({Role.CLERK}), tab=False),
    Door("desk.listing", _("账号管理"), "person-badge", frozenset({Role.SECURITY})),
    Door("grants.listing", _("角色申请"), "shield-check", frozenset({Role.SECURITY})),
    Door("notices.index", _("消息"), "bell", frozenset(Role)),
)
FRONT = {Role.CLERK: "admin.index", Role.SECURITY: "desk.listing", Role.SYSTEM: "job.index_view", Role.AUDIT: "event.index_view"}


def entries(actor: Any, *, tabs: bool = False) -> list[Entry]:
    """What this person may open, in order."""
    if actor is None:
        return []
    return [_entry(door) for door in DOORS if actor.role in door.roles and (door.tab or not tabs)]


def tabs(actor: Any) -> list[Entry]:
    """The bar at the foot of a phone: the front page and at most three more."""
    return entries(actor, tabs=True)[:4]


def _entry(door: Door) -> Entry:
    here = request.blueprint == door.endpoint.split(".")[0]
    return Entry(door.label, url_for(door.endpoint), door.icon, here)


def front() -> Response:
    """The page that opens first, by role; strangers are asked to sign in."""
    if g.actor is None:
        return redirect(url_for("security.login"))
    return redirect(url_for(FRONT.get(g.actor.role, "today.index")))


def init_app(app: Flask) -> None:
    app.add_url_rule("/", "front", front)
    app.jinja_env.globals.update(portal_entries=lambda: entries(g.get("actor")))
