"""回避: who declared a relation, so that the dice never send him there."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Area, Cadre, Client, Recusal, db
from models.access.session import working
from portal.draws.asking import people_in_reach
from portal.draws.blueprint import draws
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, only, seen
from rules.errors import RuleBroken
from rules.roles import Role
from services.draws.recusing import able, declare, end

MOST = 200


@draws.get("/recusals")
@only(Role.DISCIPLINE)
def recusals() -> str:
    return _page()


@draws.post("/recusals")
@only(Role.DISCIPLINE)
def recuse() -> Response | tuple[str, int]:
    """A relation declared or ended; a refusal keeps what was typed."""
    number = request.form.get("end", 0, whole)
    done = carry_out(end, seen(Recusal, number)) if number else _declared()
    if not done:
        return _page(), 409
    flash(gettext("已登记。"), "success")
    return redirect(url_for(".recusals"), 303)


def _declared() -> bool:
    cadre, client = request.form.get("cadre", 0, whole), request.form.get("client", 0, whole)
    if bool(cadre) == bool(client):
        flash(gettext("请选一名干部或一家企业，二选一。"), "error")
        return False
    about = seen(Cadre, cadre) if cadre else seen(Client, client)
    kind, number = type(about), about.id
    db.session.rollback()
    with working(db.engine, g.actor) as session:
        area = session.scalars(select(Area).where(Area.path == g.actor.area_path)).one()
        account = {one.id: one for one in able(session, area)}.get(request.form.get("account", 0, whole)) or abort(404)
        try:
            declare(session, account, session.get_one(kind, number), request.form.get("relation", ""), area, by=g.actor, now=now())
            session.commit()
        except RuleBroken as refusal:
            flash(str(refusal), "error")
            return False
    return True


def _page() -> str:
    word = request.values.get("word", "").strip()[:40]
    with people_in_reach() as found:
        people = {one.id: one.person for one in found}
    standing = select(Recusal).options(joinedload(Recusal.cadre), joinedload(Recusal.client)).where(Recusal.until.is_(None))
    rows = db.session.scalars(standing.order_by(Recusal.id.desc()).limit(MOST)).all()
    cadres, clients = (_matching(model, word) if word else [] for model in (Cadre, Client))
    return render_template("portal/draws/recusals.html", rows=rows, people=people, word=word, cadres=cadres, clients=clients, typed=request.form)


def _matching(model: type[Cadre] | type[Client], word: str) -> list[Cadre | Client]:
    return list(db.session.scalars(select(model).where(model.name.contains(word, autoescape=True)).order_by(model.id).limit(50)))
