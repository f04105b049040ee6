"""Check one typed code, from the app or from the paper with recovery codes; count the wrong ones."""

from flask import request
from flask_security.proxies import _security

from models import Account
from portal.edge import clock
from portal.security.code_step import WINDOW
from portal.security.people import Person, writer
from portal.security.words import MESSAGES, waiting
from services.second_factor import spend_counter, spend_recovery
from services.sign_in import code_failed, code_wait
from services.who import actor_of


def check_code(person: Person, typed: str) -> str:
    """An empty text if the code is right and now used up, else what to tell the person."""
    now, address = clock.now(), request.remote_addr or ""
    with writer() as session:
        account = session.get_one(Account, person.id)
        wait = code_wait(session, account, now)
        if wait:
            return waiting(wait)
        if counter_of(person, typed, account.tf_totp_secret or "") and spend_counter(session, account, person.used_counter):
            return ""
        if spend_recovery(session, account, typed, by=actor_of(person.account), now=now):
            return ""
        code_failed(session, account, address, now)
    return MESSAGES["TWO_FACTOR_INVALID_TOKEN"][0]


def counter_of(person: Person, typed: str, secret: str) -> bool:
    """Whether the app with `secret` shows `typed` now; leaves the time step in `person.used_counter`."""
    digits = "".join(sign for sign in typed if sign.isdigit())
    return bool(secret) and len(digits) == 6 and _security.totp_factory.verify_totp(digits, secret, person, WINDOW)
