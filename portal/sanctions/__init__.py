"""处理建议: proposed by rule, decided by a person, told, answered, appealed; whoever reads one is on record."""

from flask import Flask

from portal.sanctions.pages import sanctions


def init_app(app: Flask) -> None:
    app.register_blueprint(sanctions)
