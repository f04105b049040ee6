"""督办单.docx: the order as a paper."""

from io import BytesIO

from flask import abort, g, send_file
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from documents.letters.order import order_letter
from documents.reports_data import OrderLetter
from models import Order
from portal.edge.clock import now
from portal.frame.acting import on_record, only, seen
from portal.orders.blueprint import PEOPLE, orders
from services import reports

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@orders.get("/<int:number>/order.docx")
@only(*PEOPLE)
def letter(number: int) -> Response:
    seen(Order, number)
    paper = on_record(lambda session: _gather(session, number))
    return send_file(BytesIO(order_letter(paper)), DOCX, as_attachment=True, download_name=f"督办单_{paper.number}.docx")


def _gather(session: Session, number: int) -> OrderLetter:
    return reports.order_letter(session, session.get(Order, number) or abort(404), by=g.actor, now=now())
