"""The page that opens first: what is to be done today, the numbers, a search over all ledgers."""

from collections.abc import Callable
from typing import Any

from flask import abort, request
from flask_admin import AdminIndexView
from flask_admin.base import expose

from admin.gate import Gate
from admin.ledger import LedgerView
from rules import typed
from services.board import Board
from services.lists.query import Ask

FOUND_PER_LEDGER = 5


class HomeView(AdminIndexView):
    """`board` makes the page for one person from services; without it the page only lists the ledgers."""

    def __init__(self, gate: Gate, board: Callable[[Any], Board] = lambda actor: Board()) -> None:
        super().__init__(name="工作台", url="/admin", menu_icon_value="house-door")
        self.gate, self.board = gate, board
        self.static_folder = None  # Flask-Admin's own assets stay unserved

    def is_accessible(self) -> bool:
        return self.gate.actor() is not None

    def _handle_view(self, name: str, **kwargs: Any) -> None:
        if not self.is_accessible():
            abort(401)

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        return fn(self, *args, **kwargs)

    @expose()
    def index(self) -> str:
        return self.render("admin/index.html", board=self.board(self.gate.actor()))

    @expose("/find/")
    def find(self) -> str:
        """The first hits of each ledger this person may list; at most two statements per ledger."""
        word = typed.short(request.args.get("search"))
        views = [v for v in self.admin._views if isinstance(v, LedgerView) and v.is_accessible()]
        found = [(view, hits(view, word)) for view in views] if word else []
        return self.render("admin/find.html", word=word, found=[(v, rows) for v, rows in found if rows])


def hits(view: LedgerView, word: str) -> list[tuple[int, str]]:
    ledger = view.ledger()
    if not ledger.searched:
        return []
    ask = ledger.hunt(view.db.session, Ask(search=word))
    first = ledger.rows(ask).limit(FOUND_PER_LEDGER).execution_options(walk=not ask.near)
    rows = view.db.session.scalars(first)
    return [(getattr(row, ledger.pk.key), ledger.reader.title(row)) for row in rows]
