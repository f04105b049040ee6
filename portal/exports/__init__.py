"""Lists out of the house: with a stated purpose, in full where allowed, and the files that take a while."""

from flask import Flask

from portal.exports.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
