"""The clerks' screens: one generated view per ledger, in the order of the menu."""

from typing import Any

from flask import Flask
from flask_admin import Admin

import models
from admin import shell
from admin.gate import Gate
from admin.home import HomeView
from admin.ledger import LedgerView
from admin.theme import GovTheme
from admin.wiring import day, gate_of
from models.ledger import LEDGERS as SIMPLE

# The menu, top to bottom, then the simple ledgers; a table that isn't named here has no screen.
LEDGERS: tuple[str, ...] = (
    "Enterprise", "Household", "Venue", "Contact", "Assignment", "Charge", "Letter", "ReviewItem", "ImportBatch",
    "Round", "Invitation", "Order", "Publication", "Snapshot",
    "Cadre", "Post", "Team", "Seat", "Area", "AreaChange", "Unit", "Policy", "Clause", "Rule",
    "Account", "Grant", "Export", "Intake", "Event", "Job", "JobRun",
    *(ledger.__name__ for ledger in SIMPLE),
)  # fmt: skip
VIEWS: dict[str, type[LedgerView]] = {}  # a ledger whose screen truly differs


def init_app(app: Flask, *, brand: str, unit: str, tabs: Any) -> None:
    """Register every screen behind the gate; `tabs(actor)` gives the bar at the foot of a phone."""
    gate = gate_of(tabs)
    home = HomeView(gate, day)
    admin = Admin(app, name=brand, theme=GovTheme(), index_view=home)
    for name in LEDGERS:
        model = getattr(models, name)
        admin.add_view(VIEWS.get(name, LedgerView)(model, models.db, gate))
    shell.install(app, admin, gate, brand=brand, unit=unit)


__all__ = ["Gate", "init_app"]
