"""Where the pages of orders hang."""

from flask import Blueprint

from portal.frame.menu import WITH_CADRE_PAGES

orders = Blueprint("orders", __name__, url_prefix="/orders")
PEOPLE = tuple(WITH_CADRE_PAGES)
