"""The coverage page: who is held by nobody, by too many or by somebody gone, each mended where it stands."""

from flask import Flask

from portal.gaps import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages.gaps)
