"""区划: the tree of places with what is in each, and the forms by which a place is renamed, merged or split."""

from flask import Flask

from portal.areas import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages.areas)
