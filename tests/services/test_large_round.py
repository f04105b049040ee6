"""A round that is larger than one bite: in small transactions, from where it was cut off, nobody twice and nobody left out."""

import pytest
from flask import Flask

from models import Invitation, Job, Notice, Round, db
from models.access.session import ActorSession
from rules.invitations import InvitationState
from rules.notices import Channel
from services.desk import Desk, standing
from services.followup import proposing
from services.job_kinds import JOBS
from services.jobs import run_due
from services.rounds import chasing, reminding
from services.rounds.sweeps import invite_due, remind_due
from tests.services.test_round_sweeps import URL, at


@pytest.fixture(autouse=True)
def small_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((reminding, "AT_A_TIME"), (proposing, "AT_A_TIME")):
        monkeypatch.setattr(module, name, 1)


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(db.engine, app.config["LIANXIN"], standing(at(11, 20)))


def texts(office) -> list[str]:
    return sorted(one.key for one in office.all(Notice) if one.channel is Channel.SMS)


def test_everybody_is_invited_and_reminded_once(office):
    office.open()
    assert invite_due(db.engine, at(11, 20, 11), URL) == {"invited": 1}
    assert remind_due(db.engine, at(11, 24), URL) == {"reminded": 1}
    assert remind_due(db.engine, at(11, 24, 11), URL) == {}
    assert len(texts(office)) == len(set(texts(office))) == 8
    assert {(one.reminders, one.state) for one in office.all(Invitation)} == {(1, InvitationState.INVITED)}


class PowerCut(Exception):
    pass


def test_cut_off_in_the_middle_it_goes_on_from_there(office, monkeypatch):
    round_id, commit, turns = office.open(), ActorSession.commit, []

    def cut(session: ActorSession) -> None:
        turns.append(1)
        if len(turns) == 3:
            raise PowerCut
        commit(session)

    with monkeypatch.context() as during:
        during.setattr(ActorSession, "commit", cut)
        with pytest.raises(PowerCut):
            remind_due(db.engine, at(11, 24), URL)
    assert len(texts(office)) == 2
    assert office.all(Round)[0].reminded == []
    assert remind_due(db.engine, at(11, 24, 11), URL) == {"reminded": 1}
    assert len(texts(office)) == 4
    assert {one.reminders for one in office.all(Invitation)} == {1}
    assert office.all(Round)[0].id == round_id


def test_a_clerk_who_asks_waits_for_the_first_and_a_job_asks_the_rest(office, browse, desk):
    round_id = office.open()
    clerk = browse("李经办")
    clerk.post(f"/rounds/{round_id}/remind")
    assert len(texts(office)) == 1
    assert "正在后台继续" in clerk.get(f"/rounds/{round_id}").text
    assert run_due(desk, JOBS) == {"done": 1}
    assert len(texts(office)) == 4
    (job,) = [one for one in office.all(Job) if one.kind == chasing.KIND]
    assert (job.done, job.total, job.result) == (4, 4, "短信3条，另有0家要用纸质或电话催")


def test_orders_follow_from_each_cadres_own_answers(office):
    office.month(东岭合作社="fair", 北塬饭店="fair")
    assert len({order.cadre_id for order in office.all(proposing.Order)}) == 2
