"""Where the pages of draws hang."""

from flask import Blueprint

from rules.roles import Role

draws = Blueprint("draws", __name__, url_prefix="/draws")
DRAWERS = (Role.DISCIPLINE, Role.LEADER)
