"""督办单: the office's list, the person's own, one order as a paper, and each step of it."""

from flask import Flask

from portal.orders import asking as asking
from portal.orders import board as board
from portal.orders import letter as letter
from portal.orders import pages as pages
from portal.orders.blueprint import orders


def init_app(app: Flask) -> None:
    app.register_blueprint(orders)
