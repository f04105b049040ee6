"""The office's month, a leader's and a cadre's day in the invented township: every page fits and stays quiet."""

import shutil
import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

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
from services.rounds.casting import Answer, cast
from services.rounds.opening import open_round
from tests.browse import Browser, Clock
from tests.browser.conftest import Eyes
from tests.browser.test_look import SMALL
from tests.conftest import settings_for
from tests.policy import load_plans

pytestmark = pytest.mark.browser
THURSDAY = datetime(2026, 11, 26, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CLERK, LEADER, INSPECTOR, CADRE = "bangongshi", "fenguan", "jiwei", "ganbu3"


class Quiet(WSGIRequestHandler):
    def log(self, *args: object) -> None:
        pass


class Desk:
    """The township with six months behind it, served; ids of what the pages show."""

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
            kept = {name: getattr(old, name) for name in ("cadre_id", "round_id", "rule_id", "matter", "basis", "area_id", "area_path")}
            made = [Order(**kept, number=f"{old.number}-{n}", key=f"{old.key}-{n}", request="请主动上门听取意见，针对问题整改，并在期限内书面答复。") for n in "ab"]
            rule = session.scalars(select(Rule).where(Rule.code == "twice-dissatisfied")).one()
            session.add(Sanction(
                key="two-months", cadre_id=old.cadre_id, rule_id=rule.id, code="no-honours", title="取消评先选优资格", basis=rule.basis,
                evidence=[{"id": "1", "month": "2026-09"}, {"id": "2", "month": "2026-10"}], validity_months=12,
                proposed_at=THURSDAY, area_id=old.area_id, area_path=old.area_path,
            ))  # fmt: skip
            session.add_all(made)
            session.flush()
            orders.issue(session, made[1], "企业反映上门少，提的事没有回音。", "本周内逐户上门，把没有回音的事逐件答复。", by=system("测试"), now=THURSDAY)
            session.commit()
            return made[0].id, made[1].id

    def cookies(self, login: str) -> list[dict[str, str]]:
        browser = Browser(self.app).sign_in(self.accounts[login], THURSDAY)
        return [{"name": one.decoded_key, "value": one.value, "url": self.address} for one in browser.client._cookies.values()]


@pytest.fixture(scope="module")
def desk(empty_home, tmp_path_factory):
    home = tmp_path_factory.mktemp("desk") / "home"
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


PAGES = {
    "clerk-home": (CLERK, "/admin/"),
    "rounds": (CLERK, "/rounds/"),
    "round": (CLERK, "/rounds/{open}?chip=silent"),
    "round-leader": (LEADER, "/rounds/{open}"),
    "enter": (CLERK, "/rounds/{open}/invitations/{silent}/enter"),
    "finish-1": (CLERK, "/rounds/{open}/finish/1"),
    "finish-5-frozen": (CLERK, "/rounds/{frozen}/finish/5"),
    "finish-3-frozen": (CLERK, "/rounds/{frozen}/finish/3"),
    "answers": (INSPECTOR, "/rounds/{frozen}/answers"),
    "orders": (LEADER, "/orders/"),
    "order-draft": (LEADER, "/orders/{draft}"),
    "order-cadre": (CADRE, "/orders/{issued}"),
    "orders-cadre": (CADRE, "/orders/"),
    "sanctions": (LEADER, "/sanctions/"),
    "sanction": (LEADER, "/sanctions/{sanction}"),
    "today-cadre": (CADRE, "/today/"),
    "today-leader": (LEADER, "/today/"),
    "today-inspector": (INSPECTOR, "/today/"),
    "notices-cadre": (CADRE, "/notices/"),
}


def places(desk: Desk) -> dict[str, int]:
    return {
        "open": desk.open, "frozen": desk.frozen, "draft": desk.draft, "issued": desk.issued,
        "sanction": desk.sanction, "silent": desk.silent,
    }  # fmt: skip


@pytest.fixture
def eyes(chromium, desk):
    opened = []

    def look(login, width, height=None):
        one = Eyes(chromium, desk.address, width, height or (768 if width > 768 else 844))
        one.context.add_cookies(desk.cookies(login))
        opened.append(one)
        return one

    yield look
    for one in opened:
        one.context.close()


@pytest.mark.parametrize("width", [1366, 390, 360])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_and_stays_quiet(desk, eyes, name, width):
    login, path = PAGES[name]
    one = eyes(login, width)
    page = one.open(path.format(**places(desk)))
    one.shoot(f"{name}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert one.trouble == []


@pytest.mark.parametrize("name", PAGES)
def test_everything_on_a_phone_is_big_enough_for_a_thumb(desk, eyes, name):
    login, path = PAGES[name]
    page = eyes(login, 390).open(path.format(**places(desk)))
    assert page.evaluate(SMALL) == []


def test_the_inspector_opens_the_answers_with_a_reason(desk, eyes):
    for width in (1366, 390):
        one = eyes(INSPECTOR, width)
        page = one.open(f"/rounds/{desk.frozen}/answers")
        page.fill("[name=reason]", "签发督办单前核对情况")
        page.click("main button[type=submit]")
        page.wait_for_selector("table.ledger")
        one.shoot(f"answers-open-{width}", full=width == 390)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_month_is_closed_with_five_clicks_in_a_real_browser(desk, eyes):
    one = eyes(CLERK, 1366)
    page = one.open(f"/rounds/{desk.open}/finish/")
    page.on("dialog", lambda asked: asked.accept())
    for step in range(1, 6):
        page.wait_for_selector(f".stage:nth-child({step})[aria-current]")
        one.shoot(f"walk-{step}")
        page.click(".save-bar .btn-primary")
    page.wait_for_selector("text=快照编号")
    one.shoot("walk-done")
    assert one.trouble == []
