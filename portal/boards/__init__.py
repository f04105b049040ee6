"""红黑榜: proposed, confirmed, told, contested, published by two; whoever reads an entry is on record."""

from flask import Flask

from portal.boards import listing, offering, pages
from portal.boards.blueprint import boards

__all__ = ["init_app", "listing", "offering", "pages"]


def init_app(app: Flask) -> None:
    app.register_blueprint(boards)
