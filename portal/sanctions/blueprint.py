"""Where the pages of sanctions hang."""

from flask import Blueprint

from portal.frame.menu import WITH_CADRE_PAGES
from rules.roles import Role

sanctions = Blueprint("sanctions", __name__, url_prefix="/sanctions")
PEOPLE = tuple(WITH_CADRE_PAGES)
IN_CHARGE = (Role.LEADER, Role.DISCIPLINE)
