"""What every page outside the ledgers shares: who may open it, how it acts, what the menu offers."""

from flask import Flask

from portal.frame import menu, showing


def init_app(app: Flask) -> None:
    showing.init_app(app)
    menu.init_app(app)
