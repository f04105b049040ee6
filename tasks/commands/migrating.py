"""migration: write the next migration from the models (for developers)."""

import re
import tempfile
from pathlib import Path

import click
from alembic import command

from services.schema import config_for, head
from settings import ROOT

FOLDER = ROOT / "migrations" / "versions"


@click.command(help="由模型生成下一个迁移文件，例如：bin/lianxin migration 'Add street lights'")
@click.argument("message")
@click.option("--anew", is_flag=True, help="删去已有迁移，重新生成 0001（仅限首次发布之前）")
def migration(message: str, anew: bool) -> None:
    for path in FOLDER.glob("0*.py") if anew else ():
        path.unlink()
    click.echo(write_migration(message))


def write_migration(message: str, folder: Path = FOLDER) -> Path:
    """The new file `NNNN_message.py`, from the difference between a scratch database and the models."""
    number = f"{int(head() or 0) + 1:04}"
    slug = re.sub(r"\W+", "_", message.lower()).strip("_")
    with tempfile.TemporaryDirectory() as scratch:
        config = config_for(f"sqlite:///{scratch}/scratch.db")
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=number)
    made = next(folder.glob(f"{number}_*.py"))
    return made.rename(folder / f"{number}_{slug}.py")
