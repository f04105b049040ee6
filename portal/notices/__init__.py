"""消息: the inbox of one person."""

from flask import Flask

from portal.notices.pages import notices


def init_app(app: Flask) -> None:
    app.register_blueprint(notices)
