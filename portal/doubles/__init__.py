"""查重: pairs that look like one, each shown side by side; a person says whether they are."""

from flask import Flask

from portal.doubles import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages.doubles)
