"""A gateway of the town's own: a real HTTP server that takes messages, and fails on demand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Semaphore, Thread


class TestGateway:
    """`answers` are the next status codes (200 when empty); 0 hangs until the end of the test; `pause` slows it down."""

    __test__ = False

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.requests: list[dict[str, str]] = []
        self.taken: dict[str, dict[str, str]] = {}
        self.over = Event()
        self.arrived = Semaphore(0)
        self.pause = 0.0

    def take(self, key: str, body: dict[str, str]) -> int:
        self.requests.append(body)
        self.arrived.release()
        self.over.wait(self.pause)
        status = self.answers.pop(0) if self.answers else 200
        if status == 0:
            self.over.wait(20)
        if status < 300:
            repeated = key in self.taken
            self.taken[key] = body
            return 409 if repeated else status or 200
        return status


@contextmanager
def running(*answers: int) -> Iterator[tuple[TestGateway, str]]:
    """The gateway and its address."""
    gateway = TestGateway()
    gateway.answers = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = gateway.take(self.headers.get("Idempotency-Key", self.path), body)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield gateway, f"http://127.0.0.1:{server.server_port}/sms"
    finally:
        gateway.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
