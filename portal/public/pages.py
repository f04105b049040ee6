"""The boards of a place, as two persons published them; off this page in the moment in which they are withdrawn."""

from flask import Blueprint, Response

from models import db
from models.access.actor import system
from models.access.session import working
from portal.edge.clock import now
from portal.owner.look import HEADERS, page
from rules.localtime import local_day
from services.boards.public import wall

READER = system("公开榜单")
pages = Blueprint("public", __name__, url_prefix="/p")
pages.after_request(lambda response: response.headers.update(HEADERS) or response)


@pages.get("/<code>/boards")
def boards(code: str) -> Response:
    """A code that no place has looks the same as no page at all."""
    with working(db.engine, READER) as session:
        found = wall(session, code, local_day(now()))
    return page("boards", 200 if found else 404, wall=found)
