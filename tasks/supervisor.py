"""One command that keeps the house standing: web and worker as children, restarted when they die, stopped together.

Standard library only, and small: this process stays in memory for months.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from settings import ROOT, BadSetting, Settings, load

STOP_SECONDS = 9.0
STEADY_SECONDS = 60.0
LONGEST_PAUSE = 30.0
SETUP_FAILED = 78  # sysexits' EX_CONFIG: starting again would not help


@dataclass
class Child:
    """One process under watch. Its standard input is a pipe from us: when we die, it ends."""

    name: str
    command: list[str]
    sockets: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, *self.command], cwd=ROOT, stdin=subprocess.PIPE,
            pass_fds=self.sockets, process_group=0, env={**os.environ, "LIANXIN_SUPERVISED": "1"},
        )  # fmt: skip

    def check(self) -> int | None:
        """Restart the child when its pause is over; its exit code in the moment it is found dead."""
        if self.process is None:
            if time.monotonic() >= self.again_at:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        steady = time.monotonic() - self.started > STEADY_SECONDS
        self.failures = 1 if steady else self.failures + 1
        self.again_at = time.monotonic() + min(2.0 ** (self.failures - 1), LONGEST_PAUSE)
        self.process = None
        return code

    def signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


class Stop(Exception):
    """Somebody asked us to end."""


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C or SIGTERM; the exit code."""
    demo = "--demo" in arguments
    settings = load(demo=demo)
    listening = listen(settings)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    flags = ["--demo"] if demo else []
    door = listening.fileno()
    web = Child("网页服务", ["app.py", *flags, "web", "--prepare", "--socket", str(door)], (door,))
    worker = Child("后台服务", ["-m", "tasks.worker", *flags])
    try:
        web.start()
        _until_ready(web, settings)
        web.command.remove("--prepare")  # a restart must not void the link just printed
        worker.start()
        _say(_greeting(settings))
        return _watch([web, worker])
    except Stop:
        _say("正在停止……")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end([worker, web])


def listen(settings: Settings) -> socket.socket:
    """The listening socket, held here so that a restarted web server loses no visitor."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        server = socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        raise BadSetting(
            "LIANXIN_PORT", str(settings.port), f"端口打不开（{error.strerror}）：可能已有一个连心在运行，"
            "请先停掉它，或换一个端口，例如 LIANXIN_PORT=8080 bin/run",
        ) from error  # fmt: skip
    server.set_inheritable(True)
    return server


def _stop(number: int, frame: object) -> None:
    raise Stop


def _until_ready(web: Child, settings: Settings) -> None:
    while not _answers(settings):
        code = web.process.poll() if web.process else None
        if code is not None:
            raise SystemExit(code or 1)
        time.sleep(0.05)


def _answers(settings: Settings) -> bool:
    host = settings.host if settings.host not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104
    connection = http.client.HTTPConnection(host, settings.port, timeout=0.5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _greeting(settings: Settings) -> str:
    lines = [f"连心已启动：{settings.public_url}", "按 Ctrl-C 停止。"]
    if settings.is_exposed:
        lines.insert(0, "警告：未启用 HTTPS，口令会明文经过网络，只可在可信内网试用！")
    return "\n".join(lines)


def _watch(children: list[Child]) -> int:
    while True:
        for child in children:
            code = child.check()
            if code == SETUP_FAILED:
                return 1
            if code is not None:
                pause = child.again_at - time.monotonic()
                _say(f"{child.name}意外退出（代码 {code}），{pause:.0f} 秒后自动重启。")
        time.sleep(0.2)


def end(children: list[Child]) -> None:
    """Ask politely, wait, then insist."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
