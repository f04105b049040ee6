"""Where the pages of the round hang."""

from flask import Blueprint

from portal.frame.menu import OFFICE

rounds = Blueprint("rounds", __name__, url_prefix="/rounds")
OFFICERS = tuple(OFFICE)
