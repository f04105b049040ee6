"""Many hands drafting orders at the same moment: each gets his own number and none is left out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models import Order, db
from models.access.actor import system
from models.access.session import working
from services.followup.drafting import draft

HANDS = 6


@pytest.fixture
def app(any_app):
    return any_app


def test_each_finding_gets_the_next_number_and_the_same_finding_one(app, office):
    place, cadre, clerk, now = office.town.areas["样例乡"], office.town.cadres["赵包抓"], office.clerk, office.clock.now
    gate, engine = Barrier(HANDS), db.engine

    def press(hand: int) -> str:
        gate.wait()
        with working(engine, system("测试")) as session:
            row = draft(
                session, key=f"finding:{hand // 2}", area_id=place, cadre_id=cadre, by=clerk, now=now,
                matter="逾期未办", request="限期办结", basis="测试",
            )  # fmt: skip
            session.commit()
            return row.number

    with ThreadPoolExecutor(HANDS) as pool:
        found = list(pool.map(press, range(HANDS)))
    assert sorted({one[-4:] for one in found}) == ["0001", "0002", "0003"]
    assert len(office.all(Order)) == HANDS // 2
