"""clauses: which clauses of the documents are shown by which tests."""

import click

from services.clauses import coverage, page
from settings import ROOT
from tasks.commands.house import as_json_option, tell

PAGE = ROOT / "docs" / "clauses.md"


@click.command(help="各条款由哪些测试证明")
@click.option("--write", is_flag=True, help="开发用：重写 docs/clauses.md")
@as_json_option
def clauses(write: bool, as_json: bool) -> None:
    shown = coverage(ROOT)
    if write:
        PAGE.write_text(page(shown), "utf-8")
    facts = [{"id": one.id, "state": one.state.value, "tests": one.tests, "gist": one.gist} for one in shown]
    lines = [f"{one.id}\t{one.state}\t{len(one.tests)}\t{one.gist}" for one in shown]
    tell(facts, as_json=as_json, lines=lines)
