"""plan check, load, list: policy as data from the command line."""

from pathlib import Path

import click
from sqlalchemy import select

from models import PlanFile, Rule
from models.access.actor import system
from models.access.session import working
from rules.plan_load import load_holidays, load_pack
from services import plans
from tasks.commands.house import House, as_json_option, pass_house, tell

BY = system("命令行载入方案")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
HOLIDAYS = "holidays.toml"  # as among the files that come with the program


@click.group(help="方案文件：文件、条款、规则")
def plan() -> None:
    pass


@plan.command(help="检查方案文件，不载入")
@click.argument("file", type=FILE)
@as_json_option
@pass_house
def check(house: House, file: Path, as_json: bool) -> None:
    with house.opened() as desk, working(desk.engine, BY) as session:
        if file.name == HOLIDAYS:
            load_holidays(file.read_text("utf8"), file.name)
            tell({"pack": plans.HOLIDAYS}, as_json=as_json, lines=[f"{file.name}没有错误。"])
            return
        pack = load_pack(file.read_text("utf8"), file.name, plans.book(session).packs)
    facts = {"pack": pack.head.id, "documents": len(pack.documents), "rules": len(pack.rules)}
    tell(facts, as_json=as_json, lines=[f"{file.name}没有错误：{len(pack.documents)}个文件，{len(pack.rules)}条规则。"])


@plan.command(help="载入方案文件；有一处错误就整个不载入")
@click.argument("file", type=FILE)
@as_json_option
@pass_house
def load(house: House, file: Path, as_json: bool) -> None:
    with house.opened() as desk, working(desk.engine, BY) as session:
        load_one = plans.load_holiday_table if file.name == HOLIDAYS else plans.load_plan
        row = load_one(session, file.read_text("utf8"), file.name, by=BY, now=desk.clock())
        facts = {"pack": row.code, "title": row.title}
        session.commit()
    tell(facts, as_json=as_json, lines=[f"已载入：{facts['title']}"])


@plan.command("list", help="已载入的方案和规则")
@as_json_option
@pass_house
def list_(house: House, as_json: bool) -> None:
    with house.opened() as desk, working(desk.engine, BY) as session:
        packs = [{"pack": row.code, "title": row.title} for row in session.scalars(select(PlanFile))]
        found = session.scalars(select(Rule).order_by(Rule.code, Rule.valid_from))
        rules = [
            {"id": row.code, "kind": row.kind, "title": row.title, "from": str(row.valid_from), "basis": row.basis}
            for row in found
        ]
    lines = [f"{one['pack']}：{one['title']}" for one in packs]
    lines += [f"  {one['id']}（{one['kind']}，{one['from']}起）{one['title']}" for one in rules]
    tell({"packs": packs, "rules": rules}, as_json=as_json, lines=lines)
