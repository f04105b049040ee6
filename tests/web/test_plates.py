"""Plates given out: listed with their state, void with a reason, replaced by a new code; the old one opens nothing."""

import pytest
from sqlalchemy import select

from models import Assignment, Cadre, Client, Plate, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.coverage import CoverKind
from services import coverage, tokens
from tests.browse import Browser
from tests.homes import NOW

SYSTEM = system("测试")


def plates():
    with working(db.engine, SYSTEM) as session:
        return [(one, tokens.token_of(one)) for one in session.scalars(select(Plate).order_by(Plate.id))]


@pytest.fixture
def plate(office):
    office.open()
    with working(db.engine, SYSTEM) as session:
        for shop in ("东岭合作社", "北塬饭店"):
            tokens.issue_plate(session, session.get(Client, office.town.shops[shop]), by=SYSTEM, now=NOW)
        session.commit()
    return plates()[0]


def test_a_lost_plate_is_replaced_and_opens_nothing_any_more(app, browse, town, plate):
    row, old = plate
    clerk, owner = browse("李经办"), Browser(app)
    assert owner.get(f"/s/{old}").status_code == 200
    page = clerk.get("/plates/issued").text
    assert "东岭合作社" in page
    assert old not in page
    assert clerk.post(f"/plates/{row.id}", {"act": "reissue", "reason": " "}).status_code == 303
    assert plates()[0][0].revoked_at is None
    answer = clerk.post(f"/plates/{row.id}", {"act": "reissue", "reason": "被人拍照外传"})
    assert answer.location == f"/plates?row={row.client_id}"
    printing = clerk.get(answer.location).text
    assert f'value="{row.client_id}" checked' in printing
    (void, _old), _other, (_new, token) = plates()
    assert void.revoked_why == "被人拍照外传"
    told = owner.get(f"/s/{old}")
    assert told.status_code == 404
    assert "码已作废，换了新的" in told.text
    assert owner.get(f"/s/{token}").status_code == 200
    assert "被人拍照外传" in clerk.get("/plates/issued?chip=void").text
    assert "北塬饭店" not in clerk.get("/plates/issued?q=东岭").text


def test_a_plate_taken_down_leaves_the_shop_without(browse, plate):
    browse("李经办").post(f"/plates/{plate[0].id}", {"act": "revoke", "reason": "停业"})
    assert [one.revoked_at is None for one, _token in plates()] == [False, True]
    browse("李经办").post(f"/plates/{plate[0].id}", {"act": "revoke", "reason": "又一次"})
    assert plates()[0][0].revoked_why == "停业"


def test_only_the_clerk_and_never_for_a_shop_that_rates_him(browse, town, plate):
    for who in ("王主任", "赵包抓", "孙纪检", "吴安全"):
        assert browse(who).get("/plates/issued").status_code == 403
        assert browse(who).post(f"/plates/{plate[0].id}", {"act": "revoke", "reason": "x"}).status_code == 403
    clerk = browse("李经办")
    assert clerk.post(f"/plates/{plate[0].id}", {"act": "burn"}).status_code == 400
    assert clerk.post("/plates/999", {"act": "revoke", "reason": "x"}).status_code == 404
    with working(db.engine, SYSTEM) as session:
        old = session.scalar(select(Assignment).where(Assignment.client_id == town.shops["东岭合作社"]))
        coverage.begin(session, old.client, session.get_one(Cadre, town.cadres["李经办"]), CoverKind.LEADER, old.since, "清单", by=SYSTEM, now=NOW)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
    assert "须由他人办理" in clerk.get("/plates/issued").text
    clerk.post(f"/plates/{plate[0].id}", {"act": "revoke", "reason": "x"})
    assert "对您作评价" in clerk.get("/plates/issued").text
    assert plates()[0][0].revoked_at is None
