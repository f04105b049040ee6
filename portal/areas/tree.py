"""Two levels of the tree below one place with the numbers of everything below: four statements whatever the size."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from models import Area, Client
from rules.clients import ClientKind, ClientState
from rules.places import AreaLevel

MOST = 2000


@dataclass
class Node:
    area: Area
    numbers: Counter[str] = field(default_factory=Counter)
    below: list["Node"] = field(default_factory=list)


def tree(session: Session, root: Area, day: date) -> list[Node]:
    """The standing places right below `root`, each with those below it."""
    above = aliased(Area)
    found = select(Area).outerjoin(above, above.id == Area.parent_id).where(or_(Area.parent_id == root.id, above.parent_id == root.id))
    found = found.where(or_(Area.until.is_(None), Area.until >= day)).order_by(Area.code.is_(None), Area.code, Area.id)
    nodes = {area.id: Node(area) for area in session.scalars(found.limit(MOST))}
    _count(session, root, nodes, day)
    tops = []
    for node in nodes.values():
        parent = nodes.get(node.area.parent_id or 0)
        (parent.below if parent else tops).append(node)
    return [node for node in tops if node.area.parent_id == root.id]


def _count(session: Session, root: Area, nodes: dict[int, Node], day: date) -> None:
    """Each row counts for every place on its path."""
    clients = select(Client.area_path, Client.kind, func.count(Client.id)).where(Client.area_path.startswith(root.path, autoescape=True))
    clients = clients.where(Client.state != ClientState.CLOSED).group_by(Client.area_path, Client.kind)
    for path, kind, n in session.execute(clients):
        _add(nodes, path, ClientKind(kind).value, n)  # type: ignore[call-arg]
    grids = select(Area.path, func.count(Area.id)).where(Area.level == AreaLevel.GRID, Area.path.startswith(root.path, autoescape=True))
    for path, n in session.execute(grids.where(or_(Area.until.is_(None), Area.until >= day)).group_by(Area.path)):
        _add(nodes, path, "grid", n)


def _add(nodes: dict[int, Node], path: str, what: str, n: int) -> None:
    for step in path.strip("/").split("/"):
        if int(step) in nodes:
            nodes[int(step)].numbers[what] += n
