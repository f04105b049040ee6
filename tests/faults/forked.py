"""A web server or worker that is forked from a warm parent, so that a thousand can be killed in minutes.

python -m tests.faults.forked web|worker SOCKET [PLANT]; on standard input: `start INSTANT` forks one, answered by its
number; `kill` ends it at once. Each is a process of its own, with its own connections and file locks.
"""

import os
import signal
import sys
import threading
import time
from datetime import datetime
from io import BytesIO
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import true
from sqlalchemy.orm import configure_mappers

from app import create_app
from models import Attempt, db
from models.access.actor import system
from models.access.session import working
from services import delivery
from services.gateways.hook import HookGateway
from services.job_kinds import JOBS
from services.work import Work
from settings import load
from tasks import timetable as timetable
from tasks.commands.serving import listen_and_serve
from tasks.context import bind
from tasks.queue import huey

STEPS = 3


def count(work: Work) -> str:
    """Long work whose every step leaves one trace."""
    for done in range(work.done + 1, STEPS + 1):
        work.session.add(Attempt(kind="job", subject=work.argument("name"), at=work.desk.clock()))
        work.step(done, STEPS)
    return "数完了"


def careless_count(work: Work) -> str:
    """A planted fault: the effect is committed apart from the progress."""
    for done in range(work.done + 1, STEPS + 1):
        with working(work.desk.engine, system("测试")) as session:
            session.add(Attempt(kind="job", subject=work.argument("name"), at=work.desk.clock()))
            session.commit()
        time.sleep(0.05)
        work.step(done, STEPS)
    return "数完了"


def twice() -> None:
    """A planted fault: whoever tries a message again does it under a key of his own, so nobody can tell a repeat."""
    post = HookGateway.post
    HookGateway.post = lambda self, key, body: post(self, f"{key}-{os.getpid()}", body)  # type: ignore[method-assign]


def greedy() -> None:
    """A planted fault: a worker minds nobody's lease on a message."""
    delivery.is_free = lambda *held: true()  # type: ignore[assignment]


def hasty(wsgi: Any) -> Any:
    """A planted fault: answers “done” first and does the work a moment later."""

    def call(environ: Any, start: Any) -> Any:
        if environ["REQUEST_METHOD"] != "POST":
            return wsgi(environ, start)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))

        def later() -> None:
            time.sleep(0.1)
            environ["wsgi.input"] = BytesIO(body)
            list(wsgi(environ, lambda *answer: None))

        threading.Thread(target=later).start()
        start("303 See Other", [("Location", "/")])
        return []

    return call


def serve(app: Flask, descriptor: int, moment: datetime) -> None:
    app.config["CLOCK"] = lambda: moment
    listen_and_serve(app, app.config["LIANXIN"], descriptor)


def work(app: Flask, descriptor: int, moment: datetime) -> None:
    time_machine.travel(moment, tick=True).start()
    bind(app)
    huey.create_consumer(workers=3, max_delay=0.1, graceful_signal="TERM").run()


def warm(app: Flask) -> None:
    """What a fresh process would spend its short life on; leaves no connection open."""
    configure_mappers()
    for path in ("/s/nobody", "/login", "/admin/enterprise/new/"):
        app.test_client().get(path)
    with app.app_context():
        db.engine.dispose()
    huey.storage.close()


def main(kind: str, descriptor: int, plant: str = "") -> None:
    JOBS["count"] = careless_count if plant == "careless" else count  # type: ignore[index]
    app = create_app(load())
    warm(app)
    if plant == "twice":
        twice()
    if plant == "greedy":
        greedy()
    if plant == "hasty":
        app.wsgi_app = hasty(app.wsgi_app)  # type: ignore[method-assign]
    child = 0
    for line in sys.stdin:
        order, _, moment = line.strip().partition(" ")
        if order == "start":
            child = os.fork()
            if not child:
                {"web": serve, "worker": work}[kind](app, descriptor, datetime.fromisoformat(moment))
                os._exit(1)
        else:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            child = 0
        print(child, flush=True)
    if child:  # whoever gave the orders is gone: nobody stays behind
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
