"""A sheet from the office into a ledger; nothing is written before the person has seen what it would do."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

import models
from documents.sheets import MIMES, file_name
from models import Intake, Job, db
from portal.edge.clock import now
from portal.frame.acting import carry_out, only, seen
from rules.errors import RuleBroken
from rules.intake.states import IntakeState, Verdict
from rules.localtime import local_day
from rules.roles import BUSINESS, Role
from rules.text import _
from services.intake import confirming, drafts, papers
from services.intake.columns import target_of
from services.intake.plan import Plan
from services.intake.undoing import undo as undo_intake
from services.ledgers import SCREENS, may_screen

pages = Blueprint("intakes", __name__, url_prefix="/intake")
staff = only(*BUSINESS)
readers = only(*BUSINESS, Role.AUDIT)
SHOWN = 200
TONES = {Verdict.NEW: "ok", Verdict.CHANGED: "warn", Verdict.WRONG: "bad"}


@pages.route("/to/<table>", methods=["GET", "POST"])
@staff
def new(table: str) -> ResponseReturnValue:
    """The blank, and a place to hand the sheet in."""
    model, problem = _model(table), ""
    if request.method == "POST":
        try:
            data, filename = _given()
            db.session.rollback()
            number = drafts.upload(db.engine, model, data, filename, by=g.actor, now=now())
            return redirect(url_for(".show", number=number), 303)
        except RuleBroken as refusal:
            problem = str(refusal)
    page = render_template(
        "portal/intake/new.html", table=table, target=target_of(model, g.actor), problem=problem, pasted=request.form.get("pasted", "")
    )
    return page, 422 if problem else 200


@pages.get("/to/<table>/blank.xlsx")
@staff
def blank(table: str) -> ResponseReturnValue:
    title, file = papers.blank(db.session, _model(table), g.actor)
    return send_file(file, mimetype=MIMES["xlsx"], as_attachment=True, download_name=file_name(_("{title}导入模板").format(title=title), local_day(now()), "xlsx"))


@pages.get("/<int(max=2147483647):number>")
@readers
def show(number: int) -> ResponseReturnValue:
    """A draft as it stands beside the ledger now, or what became of it."""
    row = seen(Intake, number)
    if row.state is IntakeState.DRAFT and row.account_id == g.actor.account_id:
        try:
            return _preview(row, drafts.plan_of(db.session, row, g.actor))
        except RuleBroken as refusal:
            flash(str(refusal), "error")
    job = db.session.get(Job, row.job_id) if row.job_id and row.account_id == g.actor.account_id else None
    running = row.state is IntakeState.RUNNING
    page = "part.html" if request.headers.get("HX-Request") else "show.html"
    return render_template(
        f"portal/intake/{page}", row=row, job=job, running=running, htmx=running, table=row.table.lower(), may_undo=_may_undo(row),
    )  # fmt: skip


def _preview(row: Intake, plan: Plan) -> str:
    only_wrong = request.args.get("only", "")
    entries = [entry for entry in plan.entries if entry.verdict is not Verdict.SAME and (not only_wrong or entry.verdict.value == only_wrong)]
    return render_template(
        "portal/intake/preview.html", row=row, plan=plan, entries=entries[:SHOWN], more=max(len(entries) - SHOWN, 0), tones=TONES, only=only_wrong,
        cols=[plan.target.col(key) for key in plan.found.columns], why=papers.why, shown=papers.shown, table=row.table.lower(),
        verdicts=Verdict,
    )  # fmt: skip


@pages.post("/<int(max=2147483647):number>/confirm")
@staff
def confirm(number: int) -> ResponseReturnValue:
    _own(number)
    db.session.rollback()
    try:
        done = confirming.confirm(db.engine, number, confirming.Looked(request.form.get("seen", "")), by=g.actor, now=now())
    except RuleBroken as refusal:
        flash(str(refusal), "error")
    else:
        if not done:
            flash(_("台账或规则有了变化，请再看一遍下面的预览，然后确认。"), "warning")
    return redirect(url_for(".show", number=number), 303)


@pages.post("/<int(max=2147483647):number>/drop")
@staff
def drop(number: int) -> ResponseReturnValue:
    row = _own(number)
    table = row.table.lower()
    if carry_out(drafts.drop, row):
        flash(_("已放弃，没有写入任何内容。"), "success")
    return redirect(url_for(".new", table=table), 303)


@pages.post("/<int(max=2147483647):number>/undo")
@staff
def undo(number: int) -> ResponseReturnValue:
    row = seen(Intake, number)
    if not _may_undo(row):
        abort(403)
    if carry_out(undo_intake, row):
        flash(_("已撤销这次导入，新增的移除了，更新的还原了。"), "success")
    return redirect(url_for(".show", number=number), 303)


@pages.get("/<int(max=2147483647):number>/marked.xlsx")
@staff
def marked(number: int) -> ResponseReturnValue:
    """The person's own sheet, back to him alone, with what is wrong marked."""
    row = _own(number)
    try:
        file = papers.marked(drafts.plan_of(db.session, row, g.actor))
    except RuleBroken:
        abort(404)
    return send_file(file, mimetype=MIMES["xlsx"], as_attachment=True, download_name=file_name(_("{title}错误报告").format(title=row.ledger), local_day(now()), "xlsx"))


def _own(number: int) -> Intake:
    row = seen(Intake, number)
    return row if row.account_id == g.actor.account_id else abort(404)


def _may_undo(row: Intake) -> bool:
    return row.state in {IntakeState.DONE, IntakeState.FAILED} and may_screen(g.actor, "create", drafts.model_of(row))


def _model(table: str) -> Any:
    """The ledger of that name if this person may add to it."""
    name = next((one for one in SCREENS if one.lower() == table), "")
    model: Any = getattr(models, name, None) or abort(404)
    return model if may_screen(g.actor, "create", model) else abort(403)


def _given() -> tuple[bytes, str]:
    file = request.files.get("file")
    if file and file.filename:
        return file.read(), file.filename
    pasted = request.form.get("pasted", "")
    if not pasted.strip():
        raise RuleBroken("file-missing", _("请选择表格文件，或把表格复制粘贴到框里。"))
    return pasted.encode("utf-8", "ignore"), _("粘贴的表格.txt")
