"""What every command is given: the settings, and the application when it's needed."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click
from flask import Flask
from sqlalchemy import select

from models import Policy
from models.access.session import working
from rules.errors import RuleBroken
from services.desk import Desk
from services.schema import bring_up
from services.setup import BY, load_shipped_plans
from services.starting import HARMFUL, refuse
from settings import ROOT, Settings
from tasks.base import bare_app
from tasks.desk import clock, desk_of


@dataclass(frozen=True)
class House:
    """`make_app` builds the application with its pages; most commands do without them."""

    settings: Settings
    make_app: Callable[[Settings], Flask]

    @contextmanager
    def opened(self) -> Iterator[Desk]:
        """The desk over a furnished database; a refusal ends the command with its sentence."""
        os.umask(0o077)
        try:
            refuse(self.settings, HARMFUL)
            changed = bring_up(self.settings, clock())
            with bare_app(self.settings).app_context():
                desk = desk_of(self.settings)
                if changed or is_bare(desk):
                    furnish(desk)
                yield desk
        except RuleBroken as refusal:
            raise click.ClickException(str(refusal)) from refusal


def is_bare(desk: Desk) -> bool:
    """Whether no plan was ever loaded, as after a first start that was cut short."""
    with working(desk.engine, BY) as session:
        return session.scalar(select(Policy.id).limit(1)) is None


def furnish(desk: Desk) -> None:
    """Load the plan files that came with the program; known ones change nothing."""
    with working(desk.engine, BY) as session:
        load_shipped_plans(session, ROOT / "plans", desk.clock())
        session.commit()


pass_house = click.make_pass_decorator(House)
as_json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")


def tell(report: Any, *, as_json: bool, lines: list[str]) -> None:
    """One report: as JSON for programs, or as lines for people."""
    click.echo(json.dumps(report, ensure_ascii=False, default=str) if as_json else "\n".join(lines))
