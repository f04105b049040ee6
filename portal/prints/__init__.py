"""Paper for owners: slips of a round, wall plates, the list of those still to be reminded."""

from flask import Flask

from portal.prints import chase, issued, plates, slips
from settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Register `/rounds/<id>/slips`, `/rounds/<id>/chase`, `/plates` and `/plates/issued`."""
    for one in (slips.pages, chase.pages, plates.pages, issued.pages):
        app.register_blueprint(one)
