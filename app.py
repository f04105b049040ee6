"""create_app() and the command line: the only file that knows all parts."""

import click
from flask import Flask

import admin
import models
from admin.home import Board
from models.access.session import guard_engine
from models.engine import prepare
from models.keys import BadKeys, load_keys
from models.vault import unlock
from portal import edge, security
from portal.health import health
from settings import Settings, load
from tasks import queue, waking
from tasks.commands.audit import audit
from tasks.commands.checking import doctor
from tasks.commands.first_start import prepare_command
from tasks.commands.house import House
from tasks.commands.migrating import migration
from tasks.commands.plans import plan
from tasks.commands.rosters import rosters
from tasks.commands.rounds import round_
from tasks.commands.serve import web, worker
from tasks.commands.timing import sweep

COMMANDS = (web, worker, prepare_command, migration, sweep, audit, doctor, rosters, plan, round_)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application; raises BadSetting or BadKeys rather than start half right."""
    settings = settings or load()
    settings.home.mkdir(parents=True, exist_ok=True)
    vault = unlock(load_keys(settings.keys_file))
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=vault.ring.derive("cookie"),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        LIANXIN=settings,
    )
    models.db.init_app(app)
    with app.app_context():
        prepare(models.db.engine)
        guard_engine(models.db.engine)
    edge.init_app(app, settings)
    security.init_app(app, settings)
    admin.init_app(app, brand="连心", unit=settings.township, board=lambda actor: Board())
    app.register_blueprint(health)
    queue.attach(settings, vault)
    waking.init_app()
    return app


@click.group(help="连心：乡镇包抓包保、走访、测评工作台")
@click.option("--demo", is_flag=True, help="使用演示数据库")
@click.pass_context
def main(context: click.Context, demo: bool) -> None:
    settings = load(demo=demo)
    context.obj = House(settings, lambda: create_app(settings))


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    try:
        main(prog_name="bin/lianxin")
    except BadKeys as trouble:
        raise SystemExit(str(trouble)) from trouble
