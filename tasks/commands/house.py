"""What every command is given: the settings, and the application when it's needed."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click
from flask import Flask

from rules.errors import RuleBroken
from services.desk import Desk
from settings import Settings
from tasks.desk import desk_of


@dataclass(frozen=True)
class House:
    """`make_app` builds the application; commands that only look at files don't call it."""

    settings: Settings
    make_app: Callable[[], Flask]

    @contextmanager
    def opened(self) -> Iterator[Desk]:
        """The desk, inside an application context; a refusal ends the command with its sentence."""
        app = self.make_app()
        try:
            with app.app_context():
                yield desk_of(app)
        except RuleBroken as refusal:
            raise click.ClickException(str(refusal)) from refusal


pass_house = click.make_pass_decorator(House)
as_json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")


def tell(report: Any, *, as_json: bool, lines: list[str]) -> None:
    """One report: as JSON for programs, or as lines for people."""
    click.echo(json.dumps(report, ensure_ascii=False, default=str) if as_json else "\n".join(lines))


def is_supervised() -> bool:
    """Whether bin/run started us."""
    return os.environ.get("LIANXIN_SUPERVISED") == "1"
