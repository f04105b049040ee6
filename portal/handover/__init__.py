"""移交清单: what a cadre holds, to whom it goes, on one page and one paper."""

from flask import Flask

from portal.handover import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages.handover)
