"""The township's plan files, loaded as a clerk would."""

from datetime import datetime
from pathlib import Path

from models import db
from models.access.actor import system
from models.access.session import working
from services import plans
from tests.quick import made_once

PLANS = Path(__file__).resolve().parent.parent / "plans"


@made_once
def load_plans(now: datetime) -> None:
    by = system("载入方案")
    with working(db.engine, by) as session:
        plans.load_holiday_table(session, (PLANS / "holidays.toml").read_text("utf8"), "holidays.toml", by=by, now=now)
        for name in ("national.toml", "wuqingyuan.toml"):
            plans.load_plan(session, (PLANS / name).read_text("utf8"), name, by=by, now=now)
        session.commit()
