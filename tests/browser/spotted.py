"""A draw under way with an answer that differs, one that is closed, and a check sheet: what the inspector's pages show."""

from datetime import datetime

from sqlalchemy import select

from models import Account, Area, Draw, Pick, Round, Unit, db
from models.access.actor import system
from models.access.session import working
from rules.draws import DrawMethod, FrameKind
from services.checks import calling, filling, opening
from services.checks.picks import ledger_of
from services.draws.drawing import close, commit, reveal
from services.draws.freezing import Ask, freeze
from services.who import actor_of

DICE = "16253416253416253416"
FINE = {"visits": "2", "rated": "self", "problem": "solved"}


def spot(inspector: int, leader: int, round_id: int, now: datetime) -> None:
    """By the verbs that people use."""
    with working(db.engine, system("测试")) as session:
        by = actor_of(session.get_one(Account, inspector))
        area = session.get_one(Area, int(by.area_path.strip("/").rpartition("/")[2]))
        for key in ("closed", "running"):
            ask = Ask(area, FrameKind.BALLOTS, DrawMethod.PHONE, "上月测评电话抽查", session.get_one(Round, round_id), size=3)
            draw = freeze(session, ask, key, by=by, now=now)
            commit(session, draw, by=by, now=now)
            _call(session, reveal(session, draw, DICE, by=by, now=now)[: 3 if key == "closed" else 1], by, now, differs=key == "running")
            if key == "closed":
                close(session, session.get_one(Draw, draw.id), by=by, now=now)
        window = session.scalars(select(Unit).where(Unit.name == "便民服务中心")).one()
        sheet = opening.open_sheet(session, window, "window-check", [leader], by=by, now=now)
        filling.save(session, sheet, {"dress": "pass", "badge": "fail"}, "三号窗口", sheet.version, by=by, now=now)
        session.commit()


def _call(session, picks: list[Pick], by, now: datetime, *, differs: bool) -> None:
    for pick in picks:
        level = "very-dissatisfied" if differs else ledger_of(session, pick)["rating"]
        calling.answer(session, pick, {**FINE, "level": level}, "", by=by, now=now)
