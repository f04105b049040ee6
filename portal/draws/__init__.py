"""抽查: the list is frozen, a value promised, dice thrown in the room; the proof is printed for anybody to redo."""

from flask import Flask

from portal.draws import asking as asking
from portal.draws import pages as pages
from portal.draws import proofs as proofs
from portal.draws import recusals as recusals
from portal.draws.blueprint import draws


def init_app(app: Flask) -> None:
    app.register_blueprint(draws)
