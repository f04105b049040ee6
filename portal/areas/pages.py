"""`/areas/`: the tree; `/areas/<id>`: one place, its history, and what may be done with it from a day on."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Area, AreaChange, db
from portal.areas.tree import tree
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from portal.frame.menu import OFFICE
from rules.errors import RuleBroken
from rules.localtime import local_day
from rules.roles import Role
from rules.text import _
from services.registry import reshaping

areas = Blueprint("areas", __name__, url_prefix="/areas")
MOST_CHANGES = 100


@areas.get("/")
@only(*OFFICE)
def index() -> str:
    root = _mine(request.args.get("at", 0, whole) or int(g.actor.area_path.strip("/").rpartition("/")[2]))
    return render_template("portal/areas/index.html", root=root, nodes=tree(db.session(), root, local_day(now())))


@areas.get("/<int:number>")
@only(*OFFICE)
def show(number: int) -> str:
    return page(_mine(number))


def _mine(number: int) -> Area:
    """A place within the reader's own; names are everybody's to read, this page is not."""
    area = seen(Area, number)
    return area if area.path.startswith(g.actor.area_path) else abort(404)


def page(area: Area) -> str:
    standing = select(Area).where(Area.until.is_(None)).order_by(Area.code.is_(None), Area.code, Area.id)
    beside = standing.where(Area.parent_id == area.parent_id, Area.level == area.level, Area.id != area.id)
    changes = select(AreaChange).where(or_(AreaChange.area_id == area.id, AreaChange.other_id == area.id))
    changes = changes.options(joinedload(AreaChange.area), joinedload(AreaChange.other)).order_by(AreaChange.on.desc(), AreaChange.id.desc())
    return render_template(
        "portal/areas/show.html", area=area, beside=db.session.scalars(beside.limit(500)).all(),
        below=db.session.scalars(standing.where(Area.parent_id == area.id).limit(500)).all(),
        changes=db.session.scalars(changes.limit(MOST_CHANGES)).all(), today=local_day(now()), typed=request.form,
        open_=area.until is None and area.path != g.actor.area_path,
    )  # fmt: skip


@areas.post("/<int:number>")
@only(Role.CLERK)
def reshape(number: int) -> Response | tuple[str, int]:
    """Rename, merge or split; a refusal changes nothing and keeps what was typed."""
    area = _mine(number)
    verb = VERBS.get(request.form.get("act", ""))
    if verb is None:
        abort(400)
    if not carry_out(verb, area):
        return page(seen(Area, number)), 409
    flash(_("已办好，记入区划沿革。原名、原代码仍能查到。"), "success")
    return redirect(url_for(".show", number=number), 303)


def _typed() -> tuple[date, str]:
    """The day and the paper; raises RuleBroken("day-unreadable")."""
    try:
        return date.fromisoformat(request.form.get("on", "")), request.form.get("source", "")[:160]
    except ValueError:
        raise RuleBroken("day-unreadable", _("日期看不懂，请写成 2026-11-20 的样子。")) from None


def _rename(session: Any, area: Area, **more: Any) -> None:
    reshaping.rename(session, area, request.form.get("name", ""), request.form.get("code", ""), *_typed(), **more)


def _merge(session: Any, area: Area, **more: Any) -> None:
    kept = session.get(Area, request.form.get("into", 0, whole))
    if kept is None:
        raise RuleBroken("merge-same", _("请选择要并入的另一个地方。"))
    reshaping.merge(session, area, kept, *_typed(), **more)
    if reshaping.logins_at(session, area):
        flash(_("还有账号的管辖区域是撤销的地方，请安全管理员调整。"), "warning")


def _split(session: Any, area: Area, **more: Any) -> None:
    grids = set(request.form.getlist("grid", whole))
    reshaping.split(session, area, request.form.get("name", ""), request.form.get("code", ""), grids, *_typed(), **more)


VERBS: dict[str, Callable[..., None]] = {"rename": _rename, "merge": _merge, "split": _split}
