"""Even who may see everything of the place doesn't see the paper or the marks of an answer about himself."""

import pytest
from sqlalchemy import select

from models import Account, Area, Assignment, Attachment, Ballot, Enterprise, Grant, Plate, Signal, db
from models.access.session import ActorSession
from models.audit import record
from tests.make import make
from tests.office import OWNER, Office
from tests.policy import load_plans


@pytest.fixture
def office(town, clock):
    """北塬饭店 rates the inspector, 东岭合作社 the cadre; both on paper, both marked."""
    load_plans(clock.now)
    office = Office(town, clock)
    with office.work() as session:
        held = session.scalars(select(Assignment).where(Assignment.client_id == town.shops["北塬饭店"])).one()
        held.cadre_id = town.cadres["孙纪检"]
        record(session, "test.covered", held, by=OWNER, now=clock.now)
        session.commit()
    office.answer(office.open(), 北塬饭店="dissatisfied", 东岭合作社="satisfied")
    with office.work() as session:
        for ballot in session.scalars(select(Ballot)):
            place = {"area_id": ballot.area_id, "area_path": ballot.area_path}
            photo = make(session, Attachment, filename=str(ballot.cadre_id), **place)
            ballot.attachment_id = photo.id
            make(session, Signal, invitation=ballot.invitation, round_id=ballot.round_id, at=clock.now, **place)
        record(session, "test.papers", "papers", by=OWNER, now=clock.now)
        session.commit()
    return office


@pytest.mark.parametrize(("who", "papers", "marks"), [("孙纪检", 1, 1), ("王主任", 2, 0), ("李经办", 2, 0), ("赵包抓", 0, 0)])
def test_papers_and_marks_about_the_reader_are_left_out(office, who, papers, marks):
    with ActorSession(db.engine, info={"actor": office.town.actors[who]}) as session:
        assert len(session.scalars(select(Attachment)).all()) == papers
        assert len(session.scalars(select(Signal)).all()) == marks


def test_requests_and_plates_of_another_township_are_not_there(office):
    """A question inside a rule is narrowed by the rule of what it asks."""
    town = office.town
    with office.work() as session:
        far = make(session, Area, name="邻乡", path="99/", parent=None)
        account = make(session, Account, area=far, cadre=None)
        shop = make(session, Enterprise, name="邻乡小店", area=far, area_path="99/")
        make(session, Grant, account=account, asked_by=account.id)
        make(session, Plate, client=shop)
        record(session, "test.far", "areas", by=OWNER, now=office.clock.now)
        session.commit()
    for who, model in (("吴安全", Grant), ("李经办", Plate), ("孙纪检", Plate)):
        with ActorSession(db.engine, info={"actor": town.actors[who]}) as session:
            assert session.scalars(select(model)).all() == [], who
