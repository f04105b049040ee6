"""Orders are drafted once each and numbered without a gap."""

from datetime import timedelta
from typing import Any

import pytest

from models import Order, db
from models.access.actor import system
from models.access.session import working
from services.followup.drafting import draft

MATTER = {"matter": "逾期未办", "request": "限期办结", "basis": "测试"}


def drafted(office, key: str, *, keep: bool = True, area: str = "样例乡", **when: Any) -> str:
    with working(db.engine, system("测试")) as session:
        place = office.town.areas[area]
        row = draft(
            session, key=key, area_id=place, cadre_id=office.town.cadres["赵包抓"], by=office.clerk,
            now=office.clock.now + timedelta(**when), **MATTER,
        )  # fmt: skip
        number = row.number
        if keep:
            session.commit()
    return number


def ends(numbers: list[str]) -> list[str]:
    return [one[-9:] for one in numbers]


def test_numbers_run_on_and_start_anew_with_the_year(office):
    assert ends([drafted(office, "a"), drafted(office, "b"), drafted(office, "c", days=365)]) == ["2026-0001", "2026-0002", "2027-0001"]


def test_the_same_finding_is_drafted_once(office):
    assert drafted(office, "a") == drafted(office, "a")
    assert len(office.all(Order)) == 1


def test_a_draft_that_was_given_up_leaves_no_gap(office):
    drafted(office, "a", keep=False)
    assert ends([drafted(office, "b")]) == ["2026-0001"]


@pytest.mark.clause("QY-2.3d")
def test_a_low_rating_takes_the_next_number(office):
    drafted(office, "a")
    office.month(东岭合作社="fair")
    assert ends([one.number for one in office.all(Order)]) == ["2026-0001", "2026-0002"]
