"""web, worker: the two processes that bin/run keeps alive."""

import logging
import signal
import socket
import sys

import click
from flask import Flask
from waitress import serve

from settings import Settings, refuse_exposure
from tasks.commands.first_start import prepare
from tasks.commands.house import House, pass_house
from tasks.context import bind
from tasks.queue import huey
from tasks.watched import end_with_parent

THREADS = 8
STOP_SECONDS = 7


@click.command(help="只启动网页服务")
@click.option("--socket", "descriptor", type=int, help="已打开的监听套接字（由 bin/run 传入）")
@click.option("--prepare", "prepares", is_flag=True, help="先升级数据库并打印首次登录办法")
@pass_house
def web(house: House, descriptor: int | None, prepares: bool) -> None:
    refuse_exposure(house.settings)
    end_with_parent()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    if prepares:
        prepare(house)
    listen_and_serve(house.make_app(), house.settings, descriptor)


def listen_and_serve(app: Flask, settings: Settings, descriptor: int | None) -> None:
    where = (
        {"sockets": [socket.socket(fileno=descriptor)]}
        if descriptor is not None
        else {"host": settings.host, "port": settings.port}
    )
    serve(
        app, **where, threads=THREADS, _quiet=True, ident=None, connection_limit=500, asyncore_use_poll=True,
        clear_untrusted_proxy_headers=not settings.proxies,
    )  # fmt: skip


@click.command(help="只启动后台服务（定时任务、消息、长任务）")
@pass_house
def worker(house: House) -> None:
    end_with_parent()
    logging.getLogger("huey").setLevel(logging.WARNING)
    bind(house.make_app())
    huey.create_consumer(
        workers=3, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=STOP_SECONDS
    ).run()
