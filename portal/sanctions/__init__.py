"""处理建议: proposed by rule or by hand, decided by a person, told, answered, appealed; whoever reads one is on record."""

from flask import Flask

from portal.sanctions import asking as asking
from portal.sanctions import letter as letter
from portal.sanctions import pages as pages
from portal.sanctions.blueprint import sanctions


def init_app(app: Flask) -> None:
    app.register_blueprint(sanctions)
