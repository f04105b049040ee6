"""Sign-in, devices, second factor, activation and the security administrator's desk."""

from flask import Flask

from portal.security import (
    account_desk,
    activation_page,
    bulk_desk,
    code_page,
    cookies,
    devices_page,
    grant_desk,
    reveal_page,
    verify_page,
    wiring,
)  # fmt: skip
from settings import Settings

PAGES = (activation_page, code_page, devices_page, verify_page, account_desk, bulk_desk, grant_desk, reveal_page)


def init_app(app: Flask, settings: Settings) -> None:
    """Everything an account needs; call after `portal.edge.init_app`."""
    cookies.init_app(app, settings)
    wiring.init_app(app, settings)
    for page in PAGES:
        app.register_blueprint(page.pages)
