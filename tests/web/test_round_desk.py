"""The clerk's page of the running round: whether somebody answered, never what."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import event

from models import Attachment, Ballot, Invitation, Notice, Round, db
from rules.channels import Channel
from rules.invitations import InvitationState
from rules.localtime import local
from rules.notices import Channel as Way
from rules.rounds import RoundState
from services.gateways.ways import set_texting
from services.rounds.closing import close


def picture() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, "JPEG")
    data.seek(0)
    return data


def paper(**more):
    return {"channel": "paper", "level": "fair", "photo": (picture(), "评价单.jpg"), **more}


def test_the_page_counts_and_lists_without_any_level(office, browse):
    round_id = office.open()
    office.answer(round_id, 东岭合作社="very_dissatisfied", 西沟农场="satisfied")
    page = browse("李经办").get(f"/rounds/{round_id}").text
    assert "东岭合作社" in page
    assert re.search(r"2<small>/ 4", page)
    assert "不满意" not in page


@pytest.mark.parametrize("who", ["赵包抓", "周系统", "吴安全", "郑审计"])
def test_others_than_the_office_are_refused(office, browse, who):
    round_id = office.open()
    for path in ("/rounds/", f"/rounds/{round_id}", f"/rounds/{round_id}/finish/1", f"/rounds/{round_id}/sheet.xlsx"):
        assert browse(who).get(path).status_code == 403


def test_a_stranger_is_asked_to_sign_in(app, office):
    client = app.test_client()
    assert client.get(f"/rounds/{office.open()}").status_code == 401


@pytest.mark.parametrize(("move", "state"), [("refuse", "refused"), ("close_shop", "closed_shop"), ("miss", "unreachable"), ("invite", "invited")])
def test_the_clerk_registers_what_became_of_an_invitation(office, browse, move, state):
    round_id = office.open()
    which = office.invitation(round_id, "东岭合作社")
    answer = browse("李经办").post(f"/rounds/{round_id}/invitations/{which}", {"move": move, "chip": "silent"})
    assert answer.location.endswith("?chip=silent")
    assert office.all(Invitation)[0].state.value == state


def test_a_leader_registers_nothing(office, browse):
    round_id = office.open()
    which = office.invitation(round_id, "东岭合作社")
    assert browse("王主任").post(f"/rounds/{round_id}/invitations/{which}", {"move": "refuse"}).status_code == 403


def test_after_the_close_nothing_is_registered_and_the_page_says_why(office, browse):
    round_id = office.open()
    office.step(round_id, close)
    clerk = browse("李经办")
    clerk.post(f"/rounds/{round_id}/invitations/{office.invitation(round_id, '东岭合作社')}", {"move": "refuse"})
    assert "不在进行中" in clerk.get(f"/rounds/{round_id}").text
    assert office.all(Invitation)[0].state is InvitationState.PENDING


def test_an_invitation_of_another_round_is_not_found(office, browse):
    round_id = office.open()
    which = office.invitation(round_id, "东岭合作社")
    assert browse("李经办").post(f"/rounds/{round_id + 1}/invitations/{which}", {"move": "refuse"}).status_code == 404


@pytest.mark.clause("QY-2.3b")
def test_a_paper_answer_is_entered_with_its_photo_and_marked(office, browse):
    round_id = office.open()
    which = office.invitation(round_id, "东岭合作社")
    assert browse("李经办").post(f"/rounds/{round_id}/invitations/{which}/enter", paper()).status_code == 302
    (ballot,) = office.all(Ballot)
    assert (ballot.on_behalf, ballot.channel, ballot.level) == ("李经办", Channel.PAPER, 3)
    assert ballot.attachment_id == office.all(Attachment)[0].id


def test_a_paper_answer_without_photo_is_refused_and_what_was_typed_stays(office, browse):
    round_id = office.open()
    which = office.invitation(round_id, "东岭合作社")
    answer = browse("李经办").post(f"/rounds/{round_id}/invitations/{which}/enter", {"channel": "paper", "level": "fair", "remark": "少来"})
    assert answer.status_code == 409
    assert "要附原件照片" in answer.text
    assert "少来" in answer.text
    assert not office.all(Ballot)


def test_a_text_that_calls_itself_a_photo_is_refused(office, browse):
    round_id = office.open()
    which = office.invitation(round_id, "东岭合作社")
    data = paper(photo=(io.BytesIO(b"<svg onload=x>"), "a.jpg"))
    answer = browse("李经办").post(f"/rounds/{round_id}/invitations/{which}/enter", data)
    assert "不是能打开的照片" in answer.text
    assert not office.all(Attachment)


def test_nothing_is_chosen_for_the_enterprise_beforehand(office, browse):
    round_id = office.open()
    page = browse("李经办").get(f"/rounds/{round_id}/invitations/{office.invitation(round_id, '东岭合作社')}/enter").text
    assert " checked" not in page


@pytest.mark.clause("QY-2.3b")
def test_reminding_texts_the_silent_and_nobody_else(office, browse):
    round_id = office.open()
    office.answer(round_id, 东岭合作社="satisfied")
    answer = browse("李经办").post(f"/rounds/{round_id}/remind")
    assert answer.status_code == 302
    texts = [one for one in office.all(Notice) if one.channel is Way.SMS]
    assert len(texts) == 3
    assert all("/s/" in one.body and "满意度测评还差您一份" in one.body for one in texts)
    assert browse("王主任").post(f"/rounds/{round_id}/remind").status_code == 403


def test_reminders_written_on_a_sunday_wait_until_monday_morning(office, browse, clock):
    round_id = office.open()
    clock.pass_by(days=2)
    clerk = browse("李经办")
    clerk.post(f"/rounds/{round_id}/remind")
    texts = [one for one in office.all(Notice) if one.channel is Way.SMS]
    assert len(texts) == 4
    assert {str(local(one.run_at))[:16] for one in texts} == {"2026-11-23 08:30"}
    assert "将在上班时间" in clerk.get(f"/rounds/{round_id}").text


def test_a_house_without_a_gateway_texts_nobody_and_says_so(office, browse):
    set_texting(False)
    round_id = office.open()
    clerk = browse("李经办")
    clerk.post(f"/rounds/{round_id}/remind")
    assert not [one for one in office.all(Notice) if one.channel is Way.SMS]
    assert "另有 4 家要用纸质或电话催" in clerk.get(f"/rounds/{round_id}").text


def test_an_opening_is_taken_back_only_while_nobody_has_answered(office, browse):
    round_id = office.open()
    clerk = browse("李经办")
    office.answer(round_id, 东岭合作社="fair")
    clerk.post(f"/rounds/{round_id}/unopen")
    assert "不能撤回开启" in clerk.get(f"/rounds/{round_id}").text
    assert office.all(Round)[0].state is RoundState.OPEN


def test_the_list_costs_the_same_number_of_statements_however_long(office, browse, clock):
    def statements(path: str) -> int:
        seen = []
        note = lambda conn, cursor, sql, *more: seen.append(sql)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", note)
        browser.get(path)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    browser = browse("李经办")
    short = office.open()
    path = f"/rounds/{short}"
    browser.get(path)
    assert statements(f"{path}?search=东岭") == statements(f"{path}?search=2026") == statements(path) + 1  # the chips tell how long the whole list is


def test_the_list_stands_in_the_order_of_the_frame_and_offers_the_places_where_somebody_is_asked(office, browse):
    page = browse("李经办").get(f"/rounds/{office.open()}").text
    assert re.findall(r"202611-1-(\d{4})", page) == ["0001", "0002", "0003", "0004"]
    assert "共 4 条" in page
    places = page.split('id="village"')[1].split("</select>")[0]
    assert re.findall(r">(\w+村)<", places) == ["东岭村", "西沟村", "南坪村", "北塬村"][: len(re.findall(r">(\w+村)<", places))]
    assert "样例乡" not in places


def test_filters_narrow_and_odd_ones_are_harmless(office, browse):
    round_id = office.open()
    office.answer(round_id, 东岭合作社="fair")
    clerk = browse("李经办")
    assert "东岭合作社" not in clerk.get(f"/rounds/{round_id}?chip=silent").text
    assert "东岭合作社" in clerk.get(f"/rounds/{round_id}?search=dlhzs&chip=answered").text
    assert clerk.get(f"/rounds/{round_id}?chip=x&page=9999&village=abc&search=%25").status_code == 200
