"""The page behind the link of an activation slip: choose a password, and go on to the first sign-in."""

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.proxies import _security

from models import Account
from models.access.actor import Actor
from portal.security.people import People, Person, reader, writer
from portal.security.typed import text_of
from rules.errors import RuleBroken
from rules.passwords import SHORTEST
from rules.text import _
from services.activation import account_for, activate

pages = Blueprint("activation", __name__)


@pages.route("/activate/<token>", methods=["GET", "POST"])
def slip(token: str) -> ResponseReturnValue:
    with reader() as session:
        account = account_for(session, token[:80], g.now)
        about = (account.login, account.person, bool(account.cadre_id or account.holder)) if account else None
    if about is None:
        return render_template("security/slip_void.html"), 410
    problem = ""
    if request.method == "POST":
        outcome = _activate(token, about[1])
        if isinstance(outcome, Person):
            return _enter(outcome)
        problem = outcome
    page = render_template("security/activate.html", login=about[0], person=about[1], named=about[2], problem=problem,
                           shortest=SHORTEST, holder=text_of("holder", 40))  # fmt: skip
    return page, 422 if problem else 200


def _activate(token: str, person: str) -> Person | str:
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return _("两次输入的密码不一样，请重新输入。")
    by = Actor(person, reason=_("凭激活单"))
    try:
        with writer() as session:
            account: Account = activate(
                session, token[:80], new, holder=text_of("holder", 40), by=by, now=g.now
            )
            identifier = account.fs_uniquifier
    except RuleBroken as refusal:
        return str(refusal)
    found = People().find_user(fs_uniquifier=identifier)
    return found or _("激活没有完成，请再试一次。")


def _enter(person: Person) -> ResponseReturnValue:
    """On to binding the app where one is due, else straight in."""
    step = _security.two_factor_plugins.tf_enter(person, False, "activation", next_loc=None)
    if step is not None:
        return step  # type: ignore[no-any-return]
    login_user(person, authn_via=["activation"])
    return redirect("/", 303)
