"""Step-up: a grave act by a privileged person needs a proof of identity not older than ten minutes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_login import current_user
from flask_security import auth_required

from portal.security.paths import back
from rules.login_sessions import is_fresh
from rules.roles import Role
from rules.text import _

signed_in = auth_required("session")


def proven(view: Callable[..., Any]) -> Callable[..., Any]:
    """Signed in, and for the privileged freshly proven; otherwise the person proves himself first and tries again."""

    @signed_in
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.account.privileged or is_fresh(current_user.proven_at, g.now):
            return view(*args, **kwargs)
        target = request.full_path.rstrip("?") if request.method == "GET" else back("/")
        flash(_("这一步需要再确认一次是您本人；验证后请重新操作。"), "warning")
        return redirect(url_for("verify.ask", next=target), 303)

    return guarded


def for_security() -> None:
    """Before every page of the security administrator's desks: who is somebody else learns nothing, not even what is missing."""
    if g.actor is not None and g.actor.role is not Role.SECURITY:
        abort(403)
