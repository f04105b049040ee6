"""A simple ledger: registered, due some days later, moved by its flow. A class that inherits it is complete.

It brings its own row policy, and the screens, the menu, the reminders and the export find it in LEDGERS.
"""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr

from models.access.policy import in_area, in_area_or_mine, mine, rows
from models.base import InArea, Record, choice, db, field, link
from rules.deadlines import Deadline
from rules.flows import Flow
from rules.roles import Role
from rules.text import _

LEDGERS: list[type["Ledger"]] = []


class Ledger(InArea, Record):
    """Use as `class Streetlight(Ledger, db.Model)`; say `__tablename__`, `__title__`, `__group__`, `flow`, columns.

    `__writers__` fill it in and make its moves, `__readers__` read it, both in their own area; `__holders__` read
    the rows they are named responsible for; nobody else sees anything.
    """

    __icon__ = "journal-check"
    __writers__: ClassVar[frozenset[Role]] = frozenset({Role.CLERK})
    __readers__: ClassVar[frozenset[Role]] = frozenset({Role.LEADER, Role.DISCIPLINE})
    __holders__: ClassVar[frozenset[Role]] = frozenset({Role.CADRE, Role.STATION, Role.VILLAGE, Role.GRID, Role.MEDIATION})
    __tablename__: ClassVar[str]
    flow: ClassVar[Flow[Any]]
    deadline: ClassVar[Deadline | None] = None

    cadre_id: Mapped[int | None] = field("责任人", ForeignKey("cadres.id"), nullable=True, index=True, form=False)
    filed_on: Mapped[date] = field("登记日期", db.Date, listed=True, filter=True, form=False)
    due_on: Mapped[date | None] = field("期限", db.Date, listed=True, filter=True, nullable=True, index=True, form=False)

    @declared_attr
    def state(cls) -> Mapped[Any]:
        return field("状态", choice(type(cls.flow.start)), listed=True, filter=True, default=cls.flow.start, index=True)

    @declared_attr
    def cadre(cls) -> Mapped["Cadre | None"]:  # noqa: F821
        return link("责任人", "Cadre", listed=True, filter=True, help="到期前提醒此人；可不填")

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        near = dict.fromkeys(cls.__readers__ | cls.__writers__, in_area)
        own = {role: in_area_or_mine if role in near else mine for role in cls.__holders__}
        rows(cls.__name__, **{role.value: rule for role, rule in {**near, **own}.items()})
        if not cls.chips:
            cls.chips = {"open": (_("在办"), lambda found: found.where(cls.state.not_in(cls.flow.ends)))}
        LEDGERS.append(cls)
