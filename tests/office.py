"""A month in the office of the invented town: opened, answered, closed and frozen by the verbs that people use."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models import Area, Invitation, Order, Round, Sanction, db
from models.access.actor import system
from models.access.session import ActorSession, working
from rules.months import Month
from rules.survey import SurveyRule
from services import plans
from services.followup import orders, sanctions
from services.rounds.casting import Answer, cast
from services.rounds.closing import check, close
from services.rounds.freezing import freeze
from services.rounds.opening import open_round
from tests.browse import Clock
from tests.cast import Town

OWNER = system("企业评价")
MINE, HIS = ("东岭合作社", "西沟农场", "南坪小店"), ("北塬饭店",)  # 赵包抓's and 钱包保's


@dataclass
class Office:
    town: Town
    clock: Clock

    def work(self) -> ActorSession:
        return working(db.engine, system("测试"))

    @property
    def clerk(self) -> Any:
        return self.town.actors["李经办"]

    def open(self, month: Month | None = None) -> int:
        with self.work() as session:
            month = month or Month.of(self.clock.now.date())
            survey = plans.book(session).rule("enterprise-survey", month.last, SurveyRule)
            area = session.get_one(Area, self.town.areas["样例乡"])
            row = open_round(session, area, survey, month, by=self.clerk, now=self.clock.now)
            session.commit()
            return row.id

    def invitation(self, round_id: int, shop: str) -> int:
        asked = select(Invitation.id).where(Invitation.round_id == round_id, Invitation.client_id == self.town.shops[shop])
        with self.work() as session:
            return session.scalars(asked).one()

    def answer(self, round_id: int, **levels: str) -> None:
        for shop, level in levels.items():
            with self.work() as session:
                row = session.get_one(Invitation, self.invitation(round_id, shop))
                cast(session, row, Answer(level.replace("_", "-")), by=OWNER, now=self.clock.now)
                session.commit()

    def step(self, round_id: int, *verbs: Any) -> None:
        for verb in verbs:
            with self.work() as session:
                verb(session, session.get_one(Round, round_id), by=self.clerk, now=self.clock.now)
                session.commit()

    def finish(self, round_id: int) -> None:
        self.step(round_id, close, check, freeze)

    def month(self, **levels: str) -> int:
        """One whole month, answered as said."""
        round_id = self.open()
        self.answer(round_id, **levels)
        self.finish(round_id)
        return round_id

    def all(self, model: Any) -> list[Any]:
        with self.work() as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def order(self, issued: bool = True) -> int:
        """The order that follows from a fair rating of 赵包抓."""
        self.month(东岭合作社="fair")
        (row,) = self.all(Order)
        if issued:
            with self.work() as session:
                orders.issue(session, session.get_one(Order, row.id), "上门少", "多上门", by=self.town.actors["王主任"], now=self.clock.now)
                session.commit()
        return row.id

    def sanction(self, *, told: bool = False) -> int:
        """The first of the three that follow from two dissatisfied months of 赵包抓."""
        for _month in range(2):
            self.month(东岭合作社="dissatisfied")
            self.clock.pass_by(days=28)
        row = self.all(Sanction)[0]
        if told:
            with self.work() as session:
                leader, found = self.town.actors["王主任"], session.get_one(Sanction, row.id)
                sanctions.confirm(session, found, "两次不满意，属实", by=leader, now=self.clock.now)
                sanctions.notify(session, found, by=leader, now=self.clock.now)
                session.commit()
        return row.id
