"""A sender in a process of its own, to be killed: python -m tests.tasks.sender GATEWAY MOMENT, home by setting."""

import sys
from datetime import datetime

from models import db
from services.desk import Desk, standing
from services.gateways import open_gateway
from services.outbox import send_due
from settings import load
from tasks.base import bare_app


def main(gateway: str, moment: str) -> None:
    app = bare_app(load())
    with app.app_context():
        clock = standing(datetime.fromisoformat(moment))
        send_due(Desk(db.engine, app.config["LIANXIN"], clock, open_gateway(gateway)))


if __name__ == "__main__":
    main(*sys.argv[1:])
