"""The import wizard: upload, look, carry out, settle doubts, undo."""

from flask import Flask

from portal.imports import doubts, wizard
from rules import masks
from rules.importing import DOUBTS, place_said


def init_app(app: Flask) -> None:
    app.jinja_env.globals["doubt_kinds"] = DOUBTS
    app.jinja_env.filters["phone"] = lambda text: masks.phone(text) if text else ""
    app.jinja_env.filters["places"] = lambda rows: "、".join(place_said(one) for one in rows)
    app.register_blueprint(wizard.pages)
    app.register_blueprint(doubts.pages)
