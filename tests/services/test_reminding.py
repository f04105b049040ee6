"""Asking again: the silent only, by phones that are not the rated person's, once a day, in office hours."""

import pytest

from models import Cadre, Enterprise, Invitation, Notice, Round
from models.access.actor import system
from models.audit import record
from rules.errors import RuleBroken
from rules.invitations import InvitationState
from rules.localtime import local
from rules.notices import Channel
from services.rounds.reminding import remind
from services.rounds.telling import tell
from services.tokens import token_of

URL = "https://town.example"


def ask(office, round_id):
    with office.work() as session:
        asked = remind(session, session.get_one(Round, round_id), URL, by=office.clerk, now=office.clock.now)
        session.commit()
        return asked


def texts(office):
    return [one for one in office.all(Notice) if one.channel is Channel.SMS]


def amend(office, model, number, **facts):
    with office.work() as session:
        row = session.get_one(model, number)
        for name, value in facts.items():
            setattr(row, name, value)
        record(session, "test.amended", row, by=system("测试"), now=office.clock.now)
        session.commit()


@pytest.mark.clause("QY-2.3b")
def test_the_message_carries_the_enterprises_own_link_and_no_phone_or_rating(office):
    round_id = office.open()
    ask(office, round_id)
    (first, *_), (text, *_) = office.all(Invitation), texts(office)
    assert f"{URL}/s/{token_of(first)}" in text.body
    assert text.to == "19900000011"
    assert "199" not in text.body.replace(URL, "").replace(token_of(first), "")
    assert not any(word in text.body for word in ("不满意", "赵包抓", "东岭"))
    assert text.link == ""


def test_asked_once_a_day_whatever_happens(office):
    round_id = office.open()
    assert (ask(office, round_id).texted, ask(office, round_id).texted) == (4, 0)
    assert {one.reminders for one in office.all(Invitation)} == {1}
    office.clock.pass_by(days=3)
    assert ask(office, round_id).texted == 4
    assert len(texts(office)) == 8


def test_who_answered_or_refused_is_left_in_peace(office):
    round_id = office.open()
    office.answer(round_id, 东岭合作社="fair")
    with office.work() as session:
        row = session.get_one(Invitation, office.invitation(round_id, "西沟农场"))
        tell(session, row, "refuse", by=office.clerk, now=office.clock.now)
        session.commit()
    assert ask(office, round_id).texted == 2


def test_being_asked_makes_an_invitation_delivered(office):
    round_id = office.open()
    ask(office, round_id)
    assert {one.state for one in office.all(Invitation)} == {InvitationState.INVITED}


def test_a_phone_that_has_become_a_colleagues_is_not_texted_but_listed_for_the_clerk(office):
    round_id = office.open()
    amend(office, Cadre, office.town.cadres["李经办"], phone="19900000011")
    asked = ask(office, round_id)
    assert (asked.texted, asked.by_hand) == (3, 1)
    (line,) = [one for one in office.all(Notice) if one.channel is Channel.INBOX]
    assert line.account_id == office.town.accounts["李经办"]
    assert "还有1家要用纸质或电话催" in line.subject


def test_an_enterprise_without_phone_is_listed_for_the_clerk(office):
    amend(office, Enterprise, office.town.shops["南坪小店"], phone=None)
    assert ask(office, office.open()).by_hand == 1


@pytest.mark.parametrize(
    ("hours", "rings"),
    [(-2, "11-20 08:30"), (-1.5, "11-20 08:30"), (7.75, "11-20 17:45"), (8, "11-23 08:30"), (48, "11-23 08:30")],
)
def test_phones_ring_on_working_days_from_half_past_eight_until_six(office, hours, rings):
    round_id = office.open()  # Friday, 10:00
    office.clock.pass_by(hours=hours)
    ask(office, round_id)
    assert {f"{local(one.run_at):%m-%d %H:%M}" for one in texts(office)} == {rings}


def test_after_the_close_nobody_is_asked(office):
    round_id = office.open()
    office.finish(round_id)
    with pytest.raises(RuleBroken, match="不用再催"):
        ask(office, round_id)
