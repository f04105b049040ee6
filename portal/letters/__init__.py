"""责任状签订: who has signed this year, blank letters to print, scans, reminders."""

from flask import Flask

from portal.letters import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages.letters)
