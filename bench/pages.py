"""The list pages of a ledger of a million rows, its form and its pick-lists, against stock Flask-Admin and the floor."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from bench import data
from bench.house import House, Person
from bench.measure import Act, Times, in_turns
from bench.stock import Stock
from bench.table import Row

LIST = "/admin/order/?page_size=50"
EDIT = "/admin/enterprise/edit/?id=5"
STOCK_LIST = "/admin/order/"
LOOK_UP = "/admin/assignment/ajax/lookup/?name=client&query=丰禾"


@dataclass(frozen=True)
class Page:
    """One page of ours, its like at stock, and how many times page 1 it may cost."""

    what: str
    path: str
    bar: float
    stock: str = ""


def asked(scale: data.Scale) -> list[Page]:
    """Every filter and sort that the list offers, near and far pages, rare and common words."""
    rare, common = data.RARE, data.COMMON
    last = scale.orders
    found = [
        Page("list, numbered page 10", f"{LIST}&page=9", 1.2, f"{STOCK_LIST}?page=9"),
        Page("list, deep page by key", f"{LIST}&page=9000&after=~{last // 2}", 1.2, f"{STOCK_LIST}?page={last // 100}"),
        Page("search, one hit, two characters", f"{LIST}&search={rare}", 2, f"{STOCK_LIST}?search={rare}"),
        Page("search, one hit, a number", f"{LIST}&search={data.number_of(last // 2)}", 2),
        Page("search, every tenth row", f"{LIST}&search={common}", 3, f"{STOCK_LIST}?search={common}"),
        Page("search, nothing found", f"{LIST}&search=卫星", 2),
    ]
    filters = ("f_state=draft", "f_state=cancelled", "f_area=7", "f_cadre=7", "chip=draft", "chip=with-cadre")
    found += [Page(f"filter {one}", f"{LIST}&{one}", 1.2) for one in filters]
    sorts = ("number", "due_on")
    return found + [Page(f"sort {key}{' down' * desc}", f"{LIST}&sort={key}&desc={desc}", 1.2) for key in sorts for desc in (0, 1)]


def lists(house: House, stock: Stock, turns: int) -> tuple[list[Row], Times]:
    """The rows, and page 1 for others to be held against."""
    clerk = house.browse("clerk")
    first = in_turns(
        {"ours": lambda: clerk.get(LIST), "stock": lambda: stock.get(STOCK_LIST), "floor": lambda: clerk.get("/bench/floor")}, turns
    )
    one = first["ours"]
    rows = [
        Row("list, page 1", one, first["stock"], one.median / first["floor"].median, "×", 2.5, "floor", count(house, clerk, LIST), first["floor"]),
    ]
    rows += [row for page in asked(house.scale) for row in beside(house, clerk, stock, page, turns)]
    return rows, one


def beside(house: House, clerk: Person, stock: Stock, page: Page, turns: int) -> Iterator[Row]:
    acts: dict[str, Act] = {"first": lambda: clerk.get(LIST), "ours": lambda: clerk.get(page.path), "floor": lambda: clerk.get("/bench/floor")}
    times = in_turns(acts, turns)
    theirs = in_turns({"stock": lambda: stock.get(page.stock)}, min(turns, 3), 5) if page.stock else {}
    ratio = times["ours"].median / times["first"].median
    yield Row(page.what, times["ours"], theirs.get("stock"), ratio, "×", page.bar, "page 1", count(house, clerk, page.path), times["floor"])


def growth(big: House, small: House, turns: int) -> Iterator[Row]:
    """The same pages of two houses in turns."""
    pairs = [("list, page 1", LIST, LIST), ("edit form", EDIT, EDIT), ("pick-list", LOOK_UP, LOOK_UP)]
    pairs += [(here.what, here.path, there.path) for here, there in zip(asked(big.scale), asked(small.scale), strict=True)]
    many, few = big.browse("clerk"), small.browse("clerk")
    for what, here, there in pairs:
        times = in_turns({"big": lambda u=here: many.get(u), "small": lambda u=there: few.get(u)}, turns, 10)  # type: ignore[misc]
        ratio = times["big"].median / times["small"].median
        yield Row(f"growth {small.scale.orders:,} → {big.scale.orders:,}: {what}", times["big"], None, ratio, "×", 1.3, f"{times['small'].median:.1f} ms")


def count(house: House, person: Person, path: str) -> int:
    with house.statements() as seen:
        person.get(path)
    return sum(not sql.startswith(("BEGIN", "ROLLBACK", "COMMIT")) for sql in seen)


def forms(house: House, stock: Stock, turns: int, page_one: Times) -> Iterator[Row]:
    clerk = house.browse("clerk")
    times = in_turns({"ours": lambda: clerk.get(EDIT), "stock": lambda: stock.get("/admin/order/edit/?id=5")}, turns)
    yield Row("edit form", times["ours"], times["stock"], times["ours"].median / times["stock"].median, "×", 1, "stock", count(house, clerk, EDIT))
    times = in_turns({"ours": _creates(clerk), "stock": _stock_creates(stock)}, turns)
    yield Row("create, with scope, policy, audit", times["ours"], times["stock"], times["ours"].median / times["stock"].median, "×", None, "no audit at stock")
    for name, query, what in (("client", "丰禾", "企业"), ("cadre", "赵丰禾", "干部"), ("client", "", "空")):
        path = f"/admin/assignment/ajax/lookup/?name={name}&query={query}"
        look = in_turns({"ours": lambda path=path: clerk.get(path), "first": lambda: clerk.get(LIST)}, turns)  # type: ignore[misc]
        yield Row(f"pick-list {name}, {what}", look["ours"], None, look["ours"].median / look["first"].median, "×", 1, "page 1", count(house, clerk, path))


def _creates(clerk: Person) -> Act:
    numbers = iter(range(10**9))

    def create() -> None:
        values = {"name": f"新登记的第{next(numbers)}号店", "area": 3, "state": "active", "trade": "shop", "contact": "店主"}
        assert clerk.post("/admin/enterprise/new/", values).startswith("/admin/enterprise"), "nothing was created"

    return create


def _stock_creates(stock: Stock) -> Act:
    numbers, run = iter(range(10**9)), secrets.token_hex(4)  # a kept house has those of earlier runs

    def create() -> None:
        n = next(numbers)
        values = {"area": 3, "cadre": 1, "number": f"S-{run}-{n}", "key": f"{run}{n}", "matter": "事项", "feedback": "无", "request": "无", "basis": "无",
                  "state": "draft", "area_path": "1/3/", "version": 1, "evidence": "[]", "due_steps": "[]", "issued_by": "无", "reply": "无",
                  "returned": 0, "remark": "无"}  # fmt: skip
        stock.post("/admin/order/new/", values)

    return create


def daily(house: House, turns: int) -> Iterator[Row]:
    """The pages that people open first, and long lists outside the ledgers."""
    paths = {
        "clerk": ("/admin/", "/admin/enterprise/?page_size=50", "/admin/invitation/?page_size=50", "/admin/assignment/?page_size=50", "/orders/", "/rounds/", f"/rounds/{data.MONTHS}", "/admin/find/?search=石桥"),
        "leader": ("/orders/?chip=draft", "/sanctions/"),
        "village": ("/admin/order/?page_size=50", "/admin/enterprise/?page_size=50"),
        "cadre": ("/today/", "/orders/", "/notices/"),
    }
    for role, pages in paths.items():
        person, clerk = house.browse(role), house.browse("clerk")
        for path in pages:
            times = in_turns({"ours": lambda p=person, u=path: p.get(u), "first": lambda c=clerk: c.get(LIST)}, turns, 10)  # type: ignore[misc]
            ratio = times["ours"].median / times["first"].median
            yield Row(f"{role} {path}", times["ours"], None, ratio, "×", 3, "page 1", count(house, person, path))
