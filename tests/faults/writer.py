"""Writes events one by one and says each number once it is kept: python -m tests.faults.writer HOME COUNT SYNCHRONOUS."""

import os
import sys
from pathlib import Path

from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.engine import PRAGMAS
from tasks.base import bare_app
from tests.homes import NOW, settings_for


def main(home: str, count: str, synchronous: str) -> None:
    PRAGMAS.update(synchronous=synchronous, wal_autocheckpoint="60")  # the journal is poured back often enough to be cut there too
    app = bare_app(settings_for(Path(home)))
    with app.app_context():
        for number in range(1, int(count) + 1):
            with working(db.engine, system("测试")) as session:
                record(session, "test.done", f"power:{number}", by=system("测试"), now=NOW)
                session.commit()
            os.write(1, f"ack {number}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
