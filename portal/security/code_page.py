"""The code after the password, and binding the authenticator app at the first sign-in of the privileged."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.proxies import _security

from models import Account
from portal.edge import clock
from portal.security.code_check import check_code, counter_of
from portal.security.code_step import waiting_person
from portal.security.paths import onward
from portal.security.people import Person, writer
from portal.security.typed import text_of
from portal.security.words import MESSAGES
from services.second_factor import bind as bind_app
from services.who import actor_of

pages = Blueprint("code", __name__, url_prefix="/sign-in")
PENDING = "tf_totp_secret"  # sealed by Flask-Security, so the cookie may carry it


@pages.route("/code", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    person, problem = waiting_person(), ""
    if person is None or not person.account.tf_totp_secret:
        return redirect(url_for("security.login"), 303)
    if request.method == "POST":
        problem = check_code(person, text_of("code", 40))
        if not problem:
            target = onward()
            login_user(person, authn_via=["password", "authenticator"])
            return redirect(target, 303)
    return render_template("security/code.html", problem=problem, next=onward()), 422 if problem else 200


@pages.route("/authenticator", methods=["GET", "POST"])
def bind() -> ResponseReturnValue:
    person, problem = waiting_person(), ""
    if person is None or person.account.tf_totp_secret:
        return redirect(url_for("security.login"), 303)
    secret = session.setdefault(PENDING, _security.totp_factory.generate_totp_secret())
    if request.method == "POST":
        if counter_of(person, text_of("code", 40), secret):
            return _bound(person, secret)
        problem = MESSAGES["TWO_FACTOR_INVALID_TOKEN"][0]
    values = _security.totp_factory.fetch_setup_values(secret, person)
    page = render_template("security/bind.html", problem=problem, next=onward(), image=values["image"], key=values["key"])
    return page, 422 if problem else 200


def _bound(person: Person, secret: str) -> ResponseReturnValue:
    target = onward()
    with writer() as accounts:
        account = accounts.get_one(Account, person.id)
        codes = bind_app(accounts, account, secret, person.used_counter, by=actor_of(person.account), now=clock.now())
    login_user(person, authn_via=["password", "authenticator"])
    return render_template("security/recovery_codes.html", codes=codes, next=target)
