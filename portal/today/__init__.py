"""今日: what waits for the one who opens the phone in the morning."""

from flask import Flask

from portal.today.pages import today


def init_app(app: Flask) -> None:
    app.register_blueprint(today)
