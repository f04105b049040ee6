"""督办单: the office's list, the person's own, one order as a paper, and each step of it."""

from collections.abc import Callable

from flask import Flask

from documents.reports_data import OrderLetter
from portal.orders import letter as letter
from portal.orders import pages as pages
from portal.orders.blueprint import orders


def init_app(app: Flask, maker: Callable[[OrderLetter], bytes] | None = None) -> None:
    """`maker` turns an OrderLetter into a .docx."""
    app.extensions["order_paper"] = maker
    app.register_blueprint(orders)
