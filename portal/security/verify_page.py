"""Prove once more that it is you: a code from the app, or the password where no app is bound."""

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security.utils import verify_password

from portal.security.code_check import check_code
from portal.security.known_devices import device_of
from portal.security.paths import onward
from portal.security.people import Person, writer
from portal.security.proof import signed_in
from portal.security.words import WRONG, waiting
from rules.passwords import LONGEST, normalised
from services import sign_in
from services.hashing import SLOTS
from services.login_sessions import prove

pages = Blueprint("verify", __name__)


@pages.route("/verify", methods=["GET", "POST"])
@signed_in
def ask() -> ResponseReturnValue:
    person, problem = current_user, ""
    bound = bool(person.account.tf_totp_secret)
    if request.method == "POST":
        typed = request.form.get("code", "")
        problem = check_code(person, typed[:40]) if bound else check_own_password(person, typed)
        if not problem:
            with writer() as session:
                prove(session, person.device_id, g.now)
            return redirect(onward(), 303)
    return render_template("security/verify.html", problem=problem, bound=bound, next=onward()), 422 if problem else 200


def check_own_password(person: Person, typed: str) -> str:
    """An empty text if it is the person's password, else what to tell him; wrong ones are counted as at sign-in."""
    door = sign_in.Try(person.account.login, person.account, request.remote_addr or "", device_of(person.account))
    with writer() as session:
        wait = sign_in.knock(session, door, g.now)
    if wait:
        return waiting(wait)
    with SLOTS:
        right = bool(person.password) and len(typed) <= LONGEST and verify_password(normalised(typed), person.password)
    with writer() as session:
        settle = sign_in.password_passed if right else sign_in.password_failed
        settle(session, door, g.now)
    return "" if right else WRONG
