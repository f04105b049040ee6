"""Where the pages of checks hang."""

from flask import Blueprint

from rules.roles import Role

checks = Blueprint("checks", __name__, url_prefix="/checks")
INSPECTORS = (Role.DISCIPLINE, Role.LEADER)
