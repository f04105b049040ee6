"""A person comes in: old cookie contents thrown away, a device row begun; and goes out: the row ended."""

from typing import Any

from flask import Flask, Response, after_this_request, g, request, session

from portal.edge import clock
from portal.security import known_devices
from portal.security.loader import KEY
from portal.security.people import Person, writer
from services import login_sessions, sign_in
from services.who import actor_of

KEPT = ("_user_id", "_fresh", "fs_cc", "fs_paa")


def begin_device(app: Flask, user: Person, **about: Any) -> None:
    """Called when password and code were right; nothing planted in the cookie before survives."""
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
    g.pop("csrf_token", None)
    now, address = clock.now(), request.remote_addr or ""
    actor = actor_of(user.account)
    with writer(actor) as accounts:
        session[KEY] = login_sessions.begin(
            accounts, user.id, address=address, agent=request.user_agent.string, now=now
        )
        sign_in.signed_in(accounts, user.account, by=actor, address=address, now=now)
    known_devices.remember(user.account)


def end_device(app: Flask, user: Person, **about: Any) -> None:
    """Called at sign-out."""
    key = session.get(KEY)
    if isinstance(key, str) and getattr(user, "account", None):
        with writer(g.get("actor")) as accounts:
            login_sessions.end_by_key(accounts, key, clock.now())
            sign_in.signed_out(accounts, user.id, by=actor_of(user.account), now=clock.now())
    session.clear()

    @after_this_request
    def forget(response: Response) -> Response:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
