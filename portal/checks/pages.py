"""The list of sheets the reader may know of, and one picture."""

from flask import Response, abort, current_app, g, render_template, request
from flask_babel import gettext
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from models import Attachment, Check, CheckPhoto, Draw, Pick, db
from portal.checks.blueprint import INSPECTORS, checks
from portal.frame.acting import note_reading, only, seen
from portal.frame.showing import Pager
from rules.checks import DONE, CheckState
from rules.draws import DrawState, PickState
from rules.text import _

CHIPS = {
    "draft": (_("填写中"), Check.state == CheckState.DRAFT),
    "signed": (_("已签字"), Check.state == CheckState.SIGNED),
    "found": (_("发现问题"), (Check.found + Check.differing) > 0),
    "done": (_("已结束"), Check.state.in_(DONE)),
}


@checks.get("/")
@only(*INSPECTORS)
def index() -> str:
    """Newest first, below the draws under way; three statements and what hangs on the rows."""
    chip = request.args.get("chip", "")
    counts = db.session.execute(select(func.count(Check.id), *(func.count(case((rule, 1))) for _label, rule in CHIPS.values()))).one()
    named = dict(zip(CHIPS, counts[1:], strict=True))
    found = select(Check).options(joinedload(Check.rule), joinedload(Check.unit), joinedload(Check.client), joinedload(Check.order))
    found = found.where(CHIPS[chip][1]) if chip in CHIPS else found
    pager = Pager(named.get(chip, counts[0]))
    rows = db.session.scalars(found.order_by(Check.id.desc()).limit(pager.size).offset(pager.offset)).all()
    shown = [("", gettext("全部"), counts[0]), *((key, gettext(CHIPS[key][0]), n) for key, n in named.items())]
    return render_template("portal/checks/index.html", rows=rows, pager=pager, chips=shown, chip=chip, draws=_draws())


def _draws() -> list[tuple[Draw, int]]:
    """Draws whose dice have fallen, with how many picks still wait for the reader."""
    mine = and_(Pick.state == PickState.WAITING, or_(Pick.inspector_id == g.actor.account_id, Pick.second_id == g.actor.account_id))
    left = select(func.count(Pick.id)).where(Pick.draw_id == Draw.id, mine).correlate(Draw).scalar_subquery()
    found = select(Draw, left).where(Draw.state == DrawState.DRAWN).order_by(Draw.id.desc()).limit(20)
    return [(draw, n) for draw, n in db.session.execute(found)]


@checks.get("/photos/<int:number>")
@only(*INSPECTORS)
def photo(number: int) -> Response:
    """One picture of a sheet; each look is on record."""
    row = seen(CheckPhoto, number)
    found = db.session.get(Attachment, row.attachment_id)
    path = current_app.config["LIANXIN"].files / found.token if found else None
    if path is None or not path.is_file():
        abort(404)
    note_reading("check.picture_read", f"check_photos:{number}")
    return Response(path.read_bytes(), mimetype="image/jpeg", headers={"Cache-Control": "no-store"})
