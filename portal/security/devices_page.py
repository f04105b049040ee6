"""我的登录设备 and 修改密码: what a person does about his own account."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import logout_user
from sqlalchemy import select

from models import Account, LoginSession, db
from models.access.actor import Actor
from portal.security.paths import back
from portal.security.people import writer
from portal.security.proof import signed_in
from portal.security.seen import must_see
from portal.security.verify_page import check_own_password
from rules.errors import RuleBroken
from rules.text import _
from services.activation import change_password
from services.login_sessions import end_device

pages = Blueprint("me", __name__, url_prefix="/me")


@pages.get("/devices")
@signed_in
def devices() -> str:
    newest = select(LoginSession).order_by(LoginSession.started_at.desc()).limit(20)
    return render_template("security/devices.html", devices=db.session.scalars(newest).all(), here=current_user.device_id)


@pages.post("/devices/<int:device_id>/end")
@signed_in
def end(device_id: int) -> ResponseReturnValue:
    must_see(LoginSession, device_id)
    with writer(g.actor) as session:
        end_device(session, session.get_one(LoginSession, device_id), by=g.actor, now=g.now)
    flash(_("该设备已下线。"), "success")
    return redirect(back(url_for("me.devices")), 303)


@pages.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    problem = _change() if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        logout_user()
        flash(_("密码已修改，请用新密码登录。其他设备也已下线。"), "success")
        return redirect(url_for("security.login"), 303)
    return render_template("security/password.html", problem=problem), 422 if problem else 200


def _change() -> str:
    new, again = request.form.get("new", ""), request.form.get("again", "")
    problem = check_own_password(current_user, request.form.get("old", ""))
    if problem or new != again:
        return problem or _("两次输入的新密码不一样，请重新输入。")
    try:
        with writer(g.actor) as session:
            by = Actor(g.actor.name, account_id=g.actor.account_id, reason=_("本人修改"))
            change_password(session, session.get_one(Account, current_user.id), new, by=by, now=g.now)
    except RuleBroken as refusal:
        return str(refusal)
    return ""
