"""Four clicks from a Word list to responsibilities; nothing is written before the clerk has seen it."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models import Area, Enterprise, ImportBatch, ReviewItem, db
from models.access.session import working
from portal.edge.clock import now
from portal.frame.acting import carry_out, look, only, seen
from rules.errors import RuleBroken
from rules.importing import BatchState, Decision
from rules.places import AreaLevel
from rules.roles import Role
from rules.text import _
from services.rosters import drafts
from services.rosters.importing import carry_out as import_batch
from services.rosters.undoing import undo as undo_import

pages = Blueprint("imports", __name__, url_prefix="/imports")
clerk = only(Role.CLERK)


@pages.route("/new", methods=["GET", "POST"])
@clerk
def new() -> ResponseReturnValue:
    """Choose a file or paste a table."""
    problem = ""
    if request.method == "POST":
        try:
            data, filename = _given()
            return redirect(url_for(".show", number=_draft(data, filename)), 303)
        except RuleBroken as refusal:
            problem = str(refusal)
    page = render_template("portal/imports/new.html", problem=problem, pasted=request.form.get("pasted", ""))
    return page, 422 if problem else 200


@pages.get("/<int:number>")
@clerk
def show(number: int) -> str:
    """A draft with what it would do, or a finished import with its doubts."""
    batch = seen(ImportBatch, number)
    if batch.state is BatchState.DRAFT:
        report = look(lambda session, row: drafts.report_of(row), batch)
        known = _known()
        nothing_new = bool(report.entries) and all(one.enterprise in known for one in report.entries)
        return render_template("portal/imports/preview.html", batch=batch, report=report, known=known, nothing_new=nothing_new)
    found = select(ReviewItem).where(ReviewItem.batch_id == batch.id).order_by(ReviewItem.decision, ReviewItem.id)
    items = db.session.scalars(found.limit(500)).all()
    left = sum(item.decision is Decision.OPEN for item in items)
    return render_template("portal/imports/done.html", batch=batch, items=items, left=left)


@pages.post("/<int:number>/carry-out")
@clerk
def carry(number: int) -> ResponseReturnValue:
    """Write it; bad rows only stay behind if the clerk said so."""
    good_only = request.form.get("good_rows") == "1"
    done = carry_out(
        lambda session, row, **more: import_batch(session, row, drafts.report_of(row), good_rows_only=good_only, **more),
        seen(ImportBatch, number),
    )
    if done:
        flash(_("已导入。下面的待核事项请逐条定夺；没有待核事项就可以去“测评轮次”开启本月测评。"), "success")
    return redirect(url_for(".show", number=number), 303)


@pages.post("/<int:number>/drop")
@clerk
def drop(number: int) -> ResponseReturnValue:
    if carry_out(drafts.drop, seen(ImportBatch, number)):
        flash(_("已放弃这份名单，没有写入任何内容。"), "success")
    return redirect(url_for(".new"), 303)


@pages.post("/<int:number>/undo")
@clerk
def undo(number: int) -> ResponseReturnValue:
    if carry_out(undo_import, seen(ImportBatch, number)):
        flash(_("已撤销这次导入。"), "success")
    return redirect(url_for(".show", number=number), 303)


def _given() -> tuple[bytes, str]:
    file = request.files.get("file")
    if file and file.filename:
        return file.read(), file.filename
    pasted = request.form.get("pasted", "")
    if not pasted.strip():
        raise RuleBroken("file-missing", _("请选择名单文件，或把表格复制粘贴到框里。"))
    return pasted.encode(), _("粘贴的表格.txt")


def _draft(data: bytes, filename: str) -> int:
    township = _township()
    db.session.rollback()
    with working(db.engine, g.actor) as session:
        batch = drafts.draft(session, session.get_one(Area, township), data, filename, by=g.actor, now=now())
        session.commit()
        return batch.id


def _township() -> int:
    """The clerk's own township."""
    own = select(Area.id).where(Area.path == g.actor.area_path, Area.level == AreaLevel.TOWNSHIP)
    found = db.session.scalar(own)
    if found is None:
        raise RuleBroken("township-unclear", _("您的账号没有挂在乡镇上，不能导入名单；请找安全管理员调整管辖区域。"))
    return found


def _known() -> set[str]:
    """Names of enterprises that are here already, to tell new from known in the preview."""
    return set(db.session.scalars(select(Enterprise.name).limit(20_000)))
