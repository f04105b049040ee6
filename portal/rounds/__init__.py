"""The monthly round: how far it is, whom to ask again, the month-end in five steps, the answers for those in charge."""

from flask import Flask

from portal.rounds import answers as answers
from portal.rounds import asking as asking
from portal.rounds import entry as entry
from portal.rounds import finish as finish
from portal.rounds import pages as pages
from portal.rounds import papers as papers
from portal.rounds import starting as starting
from portal.rounds.blueprint import rounds


def init_app(app: Flask) -> None:
    app.register_blueprint(rounds)
