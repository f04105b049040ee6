"""A whole roster at once: accounts for all cadres who have none, and their slips ready to print and cut."""

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models import Cadre, db
from portal.security.account_desk import _without_account as without_account
from portal.security.people import writer
from portal.security.proof import for_security, proven
from portal.security.refusals import told_at
from portal.security.slips import print_slips
from portal.security.typed import numbers_of
from rules.errors import RuleBroken
from rules.roles import PRIVILEGED, Role
from rules.text import _
from services.accounts import open_for_cadres
from services.activation import issue_activation
from services.verbs import permit

pages = Blueprint("bulk", __name__, url_prefix="/security/accounts/bulk")
pages.before_request(for_security)
HOME, MOST = "/security/accounts/bulk/", 500
OFFERED = [role for role in Role if role not in PRIVILEGED]


@pages.get("/")
@proven
def choose() -> str:
    permit(g.actor, "accounts.open_many")
    return render_template("security/bulk.html", cadres=without_account(), roles=OFFERED)


@pages.post("/")
@proven
@told_at(HOME)
def open_all() -> ResponseReturnValue:
    permit(g.actor, "accounts.open_many")
    wanted, role = numbers_of("cadre_id", MOST), request.form.get("role", "cadre")
    if role not in {offered.value for offered in OFFERED}:
        raise RuleBroken("role-missing", _("批量开立只能用不带特权的角色，其余请逐个开立。"))
    seen = list(db.session.scalars(select(Cadre.id).where(Cadre.id.in_(wanted)).order_by(Cadre.name)))
    if not seen:
        raise RuleBroken("nobody-chosen", _("请至少勾选一名干部。"))
    with writer(g.actor) as session:
        cadres = [session.get_one(Cadre, cadre_id) for cadre_id in seen]
        opened = open_for_cadres(session, cadres, role=Role(role), by=g.actor, now=g.now)  # type: ignore[call-arg]
        slips = [issue_activation(session, account, by=g.actor, now=g.now) for account in opened]
    return print_slips(slips, current_app.config["LIANXIN"])
