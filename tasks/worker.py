"""The process that does what is due: python -m tasks.worker [--demo]. It loads no pages; bin/run keeps it alive."""

import logging
import sys

from models.keys import BadKeys
from settings import load
from tasks import timetable as timetable
from tasks.base import bare_app
from tasks.context import bind
from tasks.opening import open_house
from tasks.queue import huey
from tasks.watched import end_with_parent

STOP_SECONDS = 7


def main(arguments: list[str]) -> None:
    """Run until SIGTERM, then finish what is being done."""
    end_with_parent()
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("lianxin").setLevel(logging.INFO)
    settings = load(demo="--demo" in arguments)
    open_house(settings)
    try:
        bind(bare_app(settings))
    except BadKeys as trouble:
        raise SystemExit(str(trouble)) from trouble
    huey.create_consumer(workers=3, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=STOP_SECONDS).run()


if __name__ == "__main__":
    main(sys.argv[1:])
