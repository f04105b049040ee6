"""The proof: on paper with lines to sign, and as a file that anybody can redo without this house."""

import json

from flask import Response, abort, g, render_template

from models import Draw
from portal.draws.blueprint import DRAWERS, draws
from portal.draws.pages import names_of, tells_levels
from portal.edge.clock import now
from portal.frame.acting import look, note_reading, only, seen
from rules.localtime import local
from services.draws.proving import proof_of


@draws.get("/<int:number>/proof")
@only(*DRAWERS)
def paper(number: int) -> str:
    row = _drawn(number)
    page = render_template("prints/draw.html", draw=row, proof=look(proof_of, row), names=names_of(row), by=g.actor.name, at=f"{local(now()):%Y-%m-%d %H:%M}")
    note_reading("draw.proof_read", f"draws:{number}")
    return page


@draws.get("/<int:number>/proof.json")
@only(*DRAWERS)
def file(number: int) -> Response:
    row = _drawn(number)
    name, text = row.number, json.dumps(look(proof_of, row), ensure_ascii=False, indent=1)
    note_reading("draw.proof_taken", f"draws:{number}")
    return Response(text, mimetype="application/json", headers={"Content-Disposition": f"attachment; filename={name}.json", "Cache-Control": "no-store"})


def _drawn(number: int) -> Draw:
    """A draw whose dice have fallen, else 404; nor one whose proof would tell before the check who rated low."""
    row = seen(Draw, number)
    return row if row.seed and not tells_levels(row) else abort(404)
