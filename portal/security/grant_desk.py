"""Roles asked for and waiting for a second security administrator."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models import Account, Grant, db
from portal.security.account_desk import _role as role_of_form
from portal.security.paths import back
from portal.security.people import writer
from portal.security.proof import for_security, proven, signed_in
from portal.security.refusals import told_at
from portal.security.seen import must_see
from portal.security.typed import text_of
from rules.text import _
from services import resets, role_grants
from services.verbs import permit

pages = Blueprint("grants", __name__, url_prefix="/security/grants")
pages.before_request(for_security)
HOME = "/security/grants/"


@pages.get("/")
@signed_in
def listing() -> str:
    permit(g.actor, "accounts.agree_role")
    query = select(Grant).options(joinedload(Grant.account).joinedload(Account.cadre))
    found = db.session.scalars(query.order_by(Grant.agreed.is_not(None), Grant.id.desc()).limit(100)).all()
    asked_by = select(Account).options(joinedload(Account.cadre)).where(Account.id.in_([row.asked_by for row in found]))
    names = {account.id: account.person for account in db.session.scalars(asked_by)}
    return render_template("security/grants.html", grants=found, names=names)


@pages.post("/ask/<int:account_id>")
@proven
@told_at("/security/accounts/")
def ask(account_id: int) -> ResponseReturnValue:
    must_see(Account, account_id)
    role, reason = role_of_form(), text_of("reason", 200)
    with writer(g.actor) as session:
        grant = role_grants.ask_role(
            session, session.get_one(Account, account_id), role, reason=reason, by=g.actor, now=g.now
        )
        done = bool(grant.agreed)
    flash(_("角色已变更，其设备已全部下线。") if done else _("申请已提交，等另一名安全管理员批准。"), "success")
    return redirect(back(HOME), 303)


@pages.post("/reset/<int:account_id>")
@proven
@told_at("/security/accounts/")
def reset(account_id: int) -> ResponseReturnValue:
    must_see(Account, account_id)
    reason = text_of("reason", 200)
    with writer(g.actor) as session:
        resets.ask_reset(session, session.get_one(Account, account_id), reason=reason, by=g.actor, now=g.now)
    flash(_("申请已提交，等另一名安全管理员批准后打印激活单。"), "success")
    return redirect(back(HOME), 303)


@pages.post("/<int:grant_id>/agree")
@proven
@told_at(HOME)
def agree(grant_id: int) -> ResponseReturnValue:
    must_see(Grant, grant_id)
    with writer(g.actor) as session:
        role_grants.agree_role(session, session.get_one(Grant, grant_id), by=g.actor, now=g.now)
    flash(_("已批准。"), "success")
    return redirect(back(HOME), 303)


@pages.post("/<int:grant_id>/refuse")
@proven
@told_at(HOME)
def refuse(grant_id: int) -> ResponseReturnValue:
    must_see(Grant, grant_id)
    with writer(g.actor) as session:
        role_grants.refuse_role(session, session.get_one(Grant, grant_id), by=g.actor, now=g.now)
    flash(_("已驳回。"), "success")
    return redirect(back(HOME), 303)
