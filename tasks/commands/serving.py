"""web: the process that answers browsers; bin/run keeps it alive."""

import logging
import signal
import socket
import sys

import click
from flask import Flask
from waitress import serve

from settings import Settings
from tasks.commands.first_start import prepare
from tasks.commands.house import House, pass_house
from tasks.opening import open_house
from tasks.watched import end_with_parent

THREADS = 8


@click.command(help="只启动网页服务")
@click.option("--socket", "descriptor", type=int, help="已打开的监听套接字（由 bin/run 传入）")
@click.option("--prepare", "prepares", is_flag=True, help="先升级数据库并打印首次登录办法")
@pass_house
def web(house: House, descriptor: int | None, prepares: bool) -> None:
    end_with_parent()
    open_house(house.settings)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    if prepares:
        prepare(house)
    listen_and_serve(house.make_app(house.settings), house.settings, descriptor)


def listen_and_serve(app: Flask, settings: Settings, descriptor: int | None) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    where = (
        {"sockets": [socket.socket(fileno=descriptor)]}
        if descriptor is not None
        else {"host": settings.host, "port": settings.port}
    )
    serve(
        app, **where, threads=THREADS, _quiet=True, ident=None, connection_limit=500, asyncore_use_poll=True,
        clear_untrusted_proxy_headers=not settings.proxies,
    )  # fmt: skip
