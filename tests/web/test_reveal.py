"""A masked phone in full: for a reason, on a row one sees, counted and told to the chain."""

import pytest
from sqlalchemy import select

from models import Event, db
from models.access.actor import system
from models.access.session import working
from tests.browse import Browser, Clock
from tests.cast import Town

WHY = {"reason": "通知他来镇里开会"}


def phone_of(town: Town, name: str) -> str:
    return f"/reveal/cadres/{town.cadres[name]}/phone"


def test_the_clerk_reads_a_cadres_phone_and_the_chain_says_why(browse, town: Town) -> None:
    page = browse("李经办").post(phone_of(town, "赵包抓"), WHY)
    assert "19900000003" in page.get_data(as_text=True)
    with working(db.engine, system("测试")) as session:
        told = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (told.verb, told.subject, told.by) == ("field.revealed", f"cadres:{town.cadres['赵包抓']}", "李经办")
    assert WHY["reason"] in told.detail
    assert "19900000003" not in told.detail


@pytest.mark.parametrize(("reason", "status"), [("通知开会", 200), ("开会啊", 409), ("    ", 409)])
def test_a_reason_has_at_least_four_signs(browse, town: Town, reason: str, status: int) -> None:
    assert browse("李经办").post(phone_of(town, "赵包抓"), {"reason": reason}).status_code == status


def test_never_by_a_link(browse, town: Town) -> None:
    assert browse("李经办").get(phone_of(town, "赵包抓")).status_code == 405


def test_a_row_out_of_sight_is_not_there(browse, town: Town) -> None:
    assert browse("钱包保").post(phone_of(town, "赵包抓"), WHY).status_code == 404


@pytest.mark.parametrize("cadre", ["赵包抓", "周系统"])
def test_who_may_reveal_nothing_is_refused_before_anything_is_looked_up(browse, town: Town, cadre: str) -> None:
    assert browse("周系统").post(phone_of(town, cadre), WHY).status_code == 403


@pytest.mark.parametrize("column", ["phone_index", "name", "uid", "nonsense", "__class__"])
def test_only_masked_columns_can_be_asked_for(browse, town: Town, column: str) -> None:
    answer = browse("李经办").post(f"/reveal/cadres/{town.cadres['赵包抓']}/{column}", WHY)
    assert answer.status_code == 403


@pytest.mark.parametrize("table", ["accounts", "nonsense", "events"])
def test_other_tables_give_nothing(browse, town: Town, table: str) -> None:
    assert browse("李经办").post(f"/reveal/{table}/1/password", WHY).status_code in {403, 404}


def test_the_security_administrator_is_no_reader_of_phones(browse, town: Town) -> None:
    assert browse("吴安全").post(phone_of(town, "赵包抓"), WHY).status_code == 403


def test_the_twenty_first_of_a_day_is_refused_and_tomorrow_is_another_day(browse, town: Town, clock: Clock) -> None:
    clerk: Browser = browse("李经办")
    for _ in range(20):
        assert clerk.post(phone_of(town, "赵包抓"), WHY).status_code == 200
    assert clerk.post(phone_of(town, "赵包抓"), WHY).status_code == 409
    clock.pass_by(days=1)
    assert browse("李经办").post(phone_of(town, "赵包抓"), WHY).status_code == 200


def test_the_privileged_prove_themselves_first(browse, town: Town, clock: Clock) -> None:
    clerk = browse("李经办")
    clock.pass_by(minutes=10)
    answer = clerk.post(phone_of(town, "赵包抓"), WHY)
    assert (answer.status_code, answer.location) == (303, "/verify?next=/")
