"""告知书.docx: what was decided, on what, and how to contest it."""

from io import BytesIO

from flask import abort, g, send_file
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from documents.letters.sanction import SanctionLetter, sanction_letter
from models import Sanction
from portal.edge.clock import now
from portal.frame.acting import on_record, only, seen
from portal.sanctions.blueprint import PEOPLE, sanctions
from services import reports

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@sanctions.get("/<int:number>/notice.docx")
@only(*PEOPLE)
def letter(number: int) -> Response:
    """Not before the person was told: the days run from then (404)."""
    seen(Sanction, number)
    paper = on_record(lambda session: _gather(session, number))
    return send_file(BytesIO(sanction_letter(paper)), DOCX, as_attachment=True, download_name=f"告知书_{paper.cadre}_{paper.notified_on}.docx")


def _gather(session: Session, number: int) -> SanctionLetter:
    row = session.get(Sanction, number)
    if row is None or row.notified_at is None:
        abort(404)
    return reports.sanction_letter(session, row, by=g.actor, now=now())
