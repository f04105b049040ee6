"""Sums, digests and the log don't tell a rated leader, clerk or auditor what the pages keep from him."""

import pytest
from sqlalchemy import select

from models import Assignment, Event, Round, db
from models.access.session import ActorSession
from models.audit import record
from models.keys import KeyRing
from models.vault import unlock, vault
from services.rounds import figures, freezing
from services.rounds.closing import check, close
from services.rounds.reading import read
from tests.office import OWNER, Office
from tests.policy import load_plans


@pytest.fixture
def office(town, clock):
    """北塬饭店 rates the leader himself."""
    load_plans(clock.now)
    office = Office(town, clock)
    with office.work() as session:
        held = session.scalars(select(Assignment).where(Assignment.client_id == town.shops["北塬饭店"])).one()
        held.cadre_id = town.cadres["王主任"]
        record(session, "test.covered", held, by=OWNER, now=clock.now)
        session.commit()
    return office


@pytest.fixture
def round_id(office):
    found = office.open()
    office.answer(found, 东岭合作社="satisfied", 西沟农场="satisfied", 南坪小店="fair", 北塬饭店="dissatisfied")
    office.step(found, close, check)
    return found


def shown(office, round_id, who):
    with office.work() as session:
        round_, actor = session.get_one(Round, round_id), office.town.actors[who]
        yield figures.live(session, round_, actor)
        freezing.freeze(session, round_, by=office.clerk, now=office.clock.now)
        yield figures.frozen(session, freezing.newest(session, round_), actor)


def test_a_rated_leader_who_reads_the_answers_gets_no_totals_to_subtract_from(office, round_id):
    for page in shown(office, round_id, "王主任"):
        assert page.totals.distribution == ()
        assert (page.totals.mean, page.totals.satisfied) == (None, None)
        assert page.totals.n == 4, "whether is no secret of his"


def test_an_inspector_whom_nobody_rated_sees_the_totals(office, round_id):
    for page in shown(office, round_id, "孙纪检"):
        assert sum(n for _level, n in page.totals.distribution) == 4


def test_the_clerk_who_opens_no_answers_keeps_the_totals_of_the_sheet(office, round_id):
    for page in shown(office, round_id, "李经办"):
        assert page.totals.mean is not None


def test_the_leaders_own_reading_leaves_out_the_answer_about_him(office, round_id):
    with ActorSession(db.engine, info={"actor": office.town.actors["王主任"]}) as session:
        round_ = session.get_one(Round, round_id)
        found = read(session, round_, "核对情况", by=office.town.actors["王主任"], now=office.clock.now)
        assert {one.enterprise for one in found} == {"东岭合作社", "西沟农场", "南坪小店"}
        session.rollback()


def test_the_log_of_the_freeze_holds_no_levels_and_no_means(office, round_id):
    office.step(round_id, freezing.freeze)
    (event,) = [one for one in office.all(Event) if one.verb == "round.frozen"]
    text = str(event.changes)
    assert "distribution" not in text
    assert "totals" not in text
    assert all(one.get("mean", ["…", "…"]) == ["…", "…"] for one in event.changes.values())


def test_the_digest_on_the_sheet_hangs_on_the_key(office, round_id):
    digests = []
    for ring in (vault().ring, KeyRing.fresh()):
        unlock(ring)
        with office.work() as session:
            round_ = session.get_one(Round, round_id)
            digests.append(freezing.freeze(session, round_, by=office.clerk, now=office.clock.now).digest)
    assert digests[0] != digests[1], "whoever knows all ballots but one could else try the few that are left"
