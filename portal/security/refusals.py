"""A refused form goes back to its page with the reason on top."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import flash, redirect

from models import db
from portal.security.paths import back
from rules.errors import NotAllowed, RuleBroken


def told_at(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Flash a RuleBroken and return to the page before (or `default`); what isn't allowed at all stays a 403."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                return view(*args, **kwargs)
            except NotAllowed:
                raise
            except RuleBroken as refusal:
                db.session.rollback()
                flash(str(refusal), "danger")
                return redirect(back(default), 303)

        return run

    return wrap
