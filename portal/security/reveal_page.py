"""POST only: a masked phone or number in full, for one row and one column, with a reason."""

from typing import Any

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from models import db
from portal.security.paths import back
from portal.security.people import writer
from portal.security.proof import proven
from portal.security.seen import must_see
from portal.security.typed import text_of
from services.reveals import reveal
from services.verbs import permit

pages = Blueprint("reveal", __name__)


@pages.post("/reveal/<table>/<int:row_id>/<column>")
@proven
def show(table: str, row_id: int, column: str) -> ResponseReturnValue:
    permit(g.actor, "field.reveal")
    model = _model(table)
    must_see(model, row_id)
    with writer(g.actor) as session:
        row = session.get_one(model, row_id)
        text = reveal(session, row, column, reason=text_of("reason", 200), by=g.actor, now=g.now)
        label = type(row).__table__.columns[column].info["label"]
    page = "security/revealed_part.html" if request.headers.get("HX-Request") else "security/revealed.html"
    return render_template(page, text=text, label=label, back=back("/"))


def _model(table: str) -> Any:
    """The base class of a table; 404 for names that are none."""
    found = [m for m in db.Model.registry.mappers if m.inherits is None and m.class_.__tablename__ == table]
    return found[0].class_ if found else abort(404)
