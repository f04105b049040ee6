"""What every request passes: who is asking, what may leave, how a failure is told."""

from flask import Flask

from portal.edge import actor, csrf, errors, headers, language, numbers
from settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    language.init_app(app)
    numbers.init_app(app)
    actor.init_app(app)
    csrf.init_app(app)
    headers.init_app(app, settings)
    errors.init_app(app)
