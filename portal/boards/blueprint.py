"""Where the pages of boards hang."""

from flask import Blueprint

from portal.frame.menu import WITH_CADRE_PAGES
from rules.roles import Role

boards = Blueprint("boards", __name__, url_prefix="/boards")
PEOPLE = tuple(WITH_CADRE_PAGES)
IN_CHARGE = (Role.LEADER, Role.DISCIPLINE)
OFFERING = (*IN_CHARGE, Role.VILLAGE)
