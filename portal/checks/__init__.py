"""抽查检查: sheets filled in on the phone, signed, ordered from, closed; seen by nobody else before."""

from flask import Flask

from portal.checks import desk as desk
from portal.checks import filling as filling
from portal.checks import opening as opening
from portal.checks import pages as pages
from portal.checks import results as results
from portal.checks.blueprint import checks


def init_app(app: Flask) -> None:
    app.register_blueprint(checks)
