"""督办单.docx: the order as a paper."""

from io import BytesIO

from flask import abort, current_app, flash, g, redirect, send_file, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from documents.reports_data import OrderLetter
from models import Order
from portal.edge.clock import now
from portal.frame.acting import on_record, only, seen
from portal.orders.blueprint import PEOPLE, orders
from services.reports import order_letter

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@orders.get("/<int:number>/order.docx")
@only(*PEOPLE)
def letter(number: int) -> Response:
    seen(Order, number)
    make = current_app.extensions["order_paper"]
    if make is None:
        flash(gettext("督办单文件暂时不能生成，请联系系统管理员。"), "error")
        return redirect(url_for(".show", number=number))
    paper = on_record(lambda session: _gather(session, number))
    return send_file(BytesIO(make(paper)), DOCX, as_attachment=True, download_name=f"督办单_{paper.number}.docx")


def _gather(session: Session, number: int) -> OrderLetter:
    return order_letter(session, session.get(Order, number) or abort(404), by=g.actor, now=now())
