"""The township with six months behind it and a month open, served on a free port; ids of what its pages show."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from werkzeug.serving import make_server

from app import create_app
from models import Account, Area, Invitation, Order, Round, Rule, Sanction, db
from models.access.actor import system
from models.access.session import working
from rules.invitations import OPEN
from rules.months import Month
from rules.places import AreaLevel
from rules.rounds import RoundState
from rules.survey import SurveyRule
from services import plans
from services.demo.build import build
from services.followup import orders
from services.followup.drafting import draft
from services.rounds.casting import Answer, cast
from services.rounds.opening import open_round
from tests.browse import Browser, Clock
from tests.browser.phones import Quiet
from tests.browser.spotted import spot
from tests.conftest import settings_for
from tests.policy import load_plans

THURSDAY = datetime(2026, 11, 26, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CLERK, LEADER, INSPECTOR, CADRE = "bangongshi", "fenguan", "jiwei", "ganbu3"


class Desk:
    """Ids of what the pages show, and cookies for anybody."""

    def __init__(self, app, address: str) -> None:
        self.app, self.address = app, address
        self._begin()
        with working(db.engine, system("测试")) as session:
            self.open = session.scalars(select(Round.id).where(Round.state == RoundState.OPEN)).one()
            self.frozen = session.scalars(select(Round.id).where(Round.state == RoundState.FROZEN)).all()[-1]
            self.accounts = dict(session.execute(select(Account.login, Account.id)).all())
            silent = select(Invitation.id).where(Invitation.round_id == self.open, Invitation.state.in_(OPEN))
            self.silent = session.scalars(silent).first()
        self.draft, self.issued = self._orders()
        spot(self.accounts[INSPECTOR], self.accounts[LEADER], self.frozen, THURSDAY)
        with working(db.engine, system("测试")) as session:
            self.sanction = session.scalars(select(Sanction.id)).first()

    def _begin(self) -> None:
        """The month is opened and most have answered."""
        with working(db.engine, system("测试")) as session:
            area = session.scalars(select(Area).where(Area.level == AreaLevel.TOWNSHIP)).one()
            survey = plans.book(session).rule("enterprise-survey", THURSDAY.date(), SurveyRule)
            round_ = open_round(session, area, survey, Month(2026, 11), by=system("测试"), now=THURSDAY)
            asked = session.scalars(select(Invitation).where(Invitation.round_id == round_.id)).all()
            for n, one in enumerate(asked):
                if n % 5:
                    level = "fair" if n % 7 == 0 else "satisfied" if n % 3 else "very-satisfied"
                    cast(session, one, Answer(level), by=system("测试"), now=THURSDAY)
            session.commit()

    def _orders(self) -> tuple[int, int]:
        """One draft and one issued order of the cadre, made after his newest."""
        with working(db.engine, system("测试")) as session:
            account = session.scalars(select(Account).where(Account.login == CADRE)).one()
            old = session.scalars(select(Order).where(Order.cadre_id == account.cadre_id).order_by(Order.id.desc())).first()
            kept = {name: getattr(old, name) for name in ("cadre_id", "round_id", "rule_id", "matter", "basis", "area_id")}
            asked = "请主动上门听取意见，针对问题整改，并在期限内书面答复。"
            made = [draft(session, **kept, key=f"{old.key}-{n}", request=asked, by=system("测试"), now=THURSDAY) for n in "12"]
            rule = session.scalars(select(Rule).where(Rule.code == "twice-dissatisfied")).one()
            session.add(Sanction(
                key="two-months", cadre_id=old.cadre_id, rule_id=rule.id, code="no-honours", title="取消评先选优资格", basis=rule.basis,
                evidence=[{"id": "1", "month": "2026-09", "n": 5}, {"id": "2", "month": "2026-10", "n": 6}], validity_months=12,
                proposed_at=THURSDAY, area_id=old.area_id, area_path=old.area_path,
            ))  # fmt: skip
            session.flush()
            orders.issue(session, made[1], "企业反映上门少，提的事没有回音。", "本周内逐户上门，把没有回音的事逐件答复。", by=system("测试"), now=THURSDAY)
            session.commit()
            return made[0].id, made[1].id

    def cookies(self, login: str) -> list[dict[str, str]]:
        browser = Browser(self.app).sign_in(self.accounts[login], THURSDAY)
        return [{"name": one.decoded_key, "value": one.value, "url": self.address} for one in browser.client._cookies.values()]


@contextmanager
def standing(empty_home: Path, folder: Path) -> Iterator[Desk]:
    """Built in `folder`, served until the block ends."""
    home = folder / "home"
    shutil.copytree(empty_home, home)
    app = create_app(settings_for(home))
    app.config["CLOCK"] = Clock(THURSDAY)
    with app.app_context():
        load_plans(THURSDAY)
        build(db.engine, lambda password: password, THURSDAY)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Desk(app, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
        server.server_close()
        db.engine.dispose()
