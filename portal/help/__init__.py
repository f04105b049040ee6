"""帮助: the handbooks inside the house, opened at what the page one is on is about."""

from flask import Flask

from portal.help import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages.help_)
