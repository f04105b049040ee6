"""`/p/<area code>/…`: what everybody may read without signing in; no cookie, no script, nothing kept by a cache."""

from flask import Flask

from portal.public.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
