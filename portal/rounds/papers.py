"""月度统计表, 通报: one edition of the month as files; each download is on record."""

from collections.abc import Callable
from io import BytesIO

from flask import abort, g, request, send_file
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from documents.letters.notice import notice_letter
from documents.monthly_sheet import monthly_sheet
from documents.reports_data import MonthlyReport
from models import Round
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import on_record, only, seen
from portal.rounds.blueprint import OFFICERS, rounds
from rules.text import _
from services.reports import monthly_report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS: dict[str, tuple[str, str, str, Callable[[MonthlyReport], bytes]]] = {
    "sheet": (_("月度统计表"), "xlsx", XLSX, monthly_sheet),
    "notice": (_("通报"), "docx", DOCX, notice_letter),
}


@rounds.get("/<int:number>/sheet.xlsx", defaults={"kind": "sheet"})
@rounds.get("/<int:number>/notice.docx", defaults={"kind": "notice"})
@only(*OFFICERS)
def paper(number: int, kind: str) -> Response:
    """`?edition=1` for an older edition; refused with words before the freeze."""
    title, ending, media, make = PAPERS[kind]
    report = _report(seen(Round, number).id, title)
    name = f"{report.month}{title}_{report.number}.{ending}"
    return send_file(BytesIO(make(report)), media, as_attachment=True, download_name=name)


def _report(number: int, title: str) -> MonthlyReport:
    edition = request.args.get("edition", type=whole)

    def gather(session: Session) -> MonthlyReport:
        round_ = session.get(Round, number) or abort(404)
        return monthly_report(session, round_, title, by=g.actor, now=now(), edition=edition)

    return on_record(gather)
