"""Who covers a client, since when: the history, hand-over and end."""

from flask import Flask

from portal.coverage import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages.pages)
