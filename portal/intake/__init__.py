"""Sheets into ledgers: blank, upload or paste, preview, confirm, marked sheet, undo."""

from flask import Flask

from portal.intake.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
