"""create_app() and the command line: the only file that knows all parts."""

import click
from flask import Flask

import admin
from models.keys import BadKeys
from portal import (
    areas,
    boards,
    checks,
    coverage,
    doubles,
    draws,
    edge,
    exports,
    frame,
    gaps,
    handover,
    help,
    imports,
    intake,
    letters,
    notices,
    orders,
    owner,
    prints,
    public,
    rounds,
    sanctions,
    security,
    today,
)  # fmt: skip
from portal.health import health
from settings import Settings, load
from tasks.base import bare_app
from tasks.commands import COMMANDS
from tasks.commands.house import House


def create_app(settings: Settings | None = None) -> Flask:
    """The web application; raises BadSetting or BadKeys rather than start half right."""
    settings = settings or load()
    app = bare_app(settings)
    app.config.update(MAX_CONTENT_LENGTH=12 * 1024 * 1024, MAX_FORM_MEMORY_SIZE=1024 * 1024)
    edge.init_app(app, settings)
    security.init_app(app, settings)
    admin.init_app(app, brand="连心", unit=settings.township, tabs=frame.menu.tabs)
    app.register_blueprint(health)
    for part in (frame, imports, exports, intake, areas, coverage, doubles, gaps, handover, letters, today, rounds, orders, draws, checks, sanctions, boards, public, notices, help):
        part.init_app(app)
    owner.init_app(app, settings)
    prints.init_app(app, settings)
    return app


@click.group(help="连心：乡镇包抓包保、走访、测评工作台")
@click.option("--demo", is_flag=True, help="使用演示数据库")
@click.pass_context
def main(context: click.Context, demo: bool) -> None:
    context.obj = House(load(demo=demo), create_app)


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    try:
        main(prog_name="bin/lianxin")
    except BadKeys as trouble:
        raise SystemExit(str(trouble)) from trouble
