"""抽查结果: bases, rates with their intervals, orders in one step, and the report as Word and Excel."""

from collections.abc import Callable
from io import BytesIO

from flask import abort, flash, g, redirect, render_template, send_file, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from documents.letters.spot_check import rate, spot_letter
from documents.spot_data import SpotReport
from documents.spot_sheet import spot_sheet
from models import Draw, db
from portal.checks.blueprint import INSPECTORS, checks
from portal.checks.desk import drawn
from portal.edge.clock import now
from portal.frame.acting import carry_out, on_record, only
from rules.draws import DrawState
from rules.text import _
from services.checks import findings, reporting
from services.checks.picks import lines

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS: dict[str, tuple[str, str, str, Callable[[SpotReport], bytes]]] = {
    "report": (_("抽查情况报告"), "docx", DOCX, spot_letter),
    "sheet": (_("抽查情况表"), "xlsx", XLSX, spot_sheet),
}


@checks.get("/draw/<int:number>/results")
@only(*INSPECTORS)
def results(number: int) -> str:
    """What has been answered so far, or in the end."""
    draw = drawn(number)
    found = lines(db.session(), draw)
    return render_template(
        "portal/checks/results.html", draw=draw, found=findings.figures(found), rate=rate, waiting=sum(one.waits for one in found), replaced=[one for one in found if one.pick.state.value in ("replaced", "unreachable")],
        reason=lambda one: reporting.pick_reason(one.pick, found), orders=findings.orders_of(db.session(), draw), todo=[one for one in findings.to_order(db.session(), draw) if one.order_id is None],
        closed=draw.state is DrawState.CLOSED,
    )  # fmt: skip


@checks.post("/draw/<int:number>/orders")
@only(*INSPECTORS)
def order(number: int) -> Response:
    """All at once, one for each cadre."""
    if carry_out(findings.order, drawn(number)):
        flash(gettext("督办单已拟好，请到督办单里签发。"), "success")
    return redirect(url_for(".results", number=number), 303)


@checks.get("/draw/<int:number>/report.docx", defaults={"kind": "report"})
@checks.get("/draw/<int:number>/sheet.xlsx", defaults={"kind": "sheet"})
@only(*INSPECTORS)
def report(number: int, kind: str) -> Response:
    title, ending, media, make = PAPERS[kind]
    draw_id = drawn(number).id

    def gather(session: Session) -> SpotReport:
        return reporting.spot_report(session, session.get(Draw, draw_id) or abort(404), title, by=g.actor, now=now())

    paper = on_record(gather)
    return send_file(BytesIO(make(paper)), media, as_attachment=True, download_name=f"{title}_{paper.number}.{ending}")
