"""One policy below every screen: what a person may not see is not there, whichever way he asks."""

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text, update

from models import Account, Assignment, Cadre, Client, Enterprise, db
from models.access.session import ScopeError
from models.audit import Unannounced, record
from tests.cast import Town


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


def sign_in(town: Town, name: str) -> None:
    db.session.remove()
    db.session().act_for(town.actors[name])


def test_a_cadre_sees_only_the_shops_he_covers(town: Town) -> None:
    sign_in(town, "钱包保")
    assert [shop.name for shop in db.session.scalars(select(Enterprise))] == ["北塬饭店"]
    assert db.session.scalar(select(func.count()).select_from(Client)) == 1
    assert db.session.get(Enterprise, town.shops["东岭合作社"]) is None
    assert db.session.get(Enterprise, town.shops["北塬饭店"]) is not None


def test_the_clerk_sees_the_whole_township(town: Town) -> None:
    sign_in(town, "李经办")
    assert db.session.scalar(select(func.count()).select_from(Client)) == 4


def test_the_system_administrator_sees_no_business_data(town: Town) -> None:
    sign_in(town, "周系统")
    for model in (Client, Assignment, Cadre):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0


def test_a_person_sees_only_his_own_account(town: Town) -> None:
    sign_in(town, "李经办")
    assert [account.id for account in db.session.scalars(select(Account))] == [town.accounts["李经办"]]


def test_nobody_means_no_reading_at_all(town: Town) -> None:
    db.session.remove()
    with pytest.raises(ScopeError):
        db.session.scalars(select(Client))




def test_raw_statements_on_behalf_of_a_person_are_refused(town: Town) -> None:
    sign_in(town, "李经办")
    for statement in (text("select 1"), insert(Client).values(name="x"), update(Client).values(name="x")):
        with pytest.raises(ScopeError):
            db.session.execute(statement)


def test_reads_that_skip_the_session_are_refused(town: Town) -> None:
    with pytest.raises(ScopeError), db.engine.connect() as connection:
        connection.execute(text("select count(*) from clients"))


def test_a_shop_can_not_be_moved_out_of_ones_own_sight(town: Town) -> None:
    sign_in(town, "赵包抓")
    shop = db.session.get(Enterprise, town.shops["东岭合作社"])
    assignment = db.session.scalars(select(Assignment).where(Assignment.client_id == shop.id)).one()
    assignment.cadre_id = town.cadres["钱包保"]
    with pytest.raises(ScopeError):
        db.session.flush()
    db.session.rollback()


def test_a_change_that_no_verb_announced_does_not_commit(town: Town) -> None:
    sign_in(town, "李经办")
    db.session.get(Enterprise, town.shops["东岭合作社"]).contact = "换人"
    with pytest.raises(Unannounced):
        db.session.commit()
    db.session.rollback()


def test_an_announced_change_commits(town: Town, now) -> None:
    sign_in(town, "李经办")
    shop = db.session.get(Enterprise, town.shops["东岭合作社"])
    shop.contact = "换人"
    record(db.session(), "clients.amended", shop, by=town.actors["李经办"], now=now)
    db.session.commit()
    assert db.session.get(Enterprise, shop.id).contact == "换人"
