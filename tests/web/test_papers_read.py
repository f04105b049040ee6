"""The photo of a paper answer opens for the inspector and the leader, with a reason, after the close, never about the reader."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from models import Assignment, Attachment, Event
from models.access.actor import system
from models.audit import record
from services.rounds.closing import close


def picture() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, "JPEG")
    data.seek(0)
    return data


def hand_in_paper(office, browse) -> int:
    round_id = office.open()
    which = office.invitation(round_id, "东岭合作社")
    typed = {"channel": "paper", "level": "fair", "photo": (picture(), "评价单.jpg")}
    assert browse("李经办").post(f"/rounds/{round_id}/invitations/{which}/enter", typed).status_code == 302
    return round_id


@pytest.fixture
def closed(office, browse) -> int:
    round_id = hand_in_paper(office, browse)
    office.answer(round_id, 北塬饭店="very_satisfied")
    office.step(round_id, close)
    return round_id


def looks(office) -> list[str]:
    return [one.detail for one in office.all(Event) if one.verb == "paper.read"]


def ballot_offered(page: str) -> str:
    return re.search(r'name="ballot" value="(\d+)"', page)[1]


@pytest.mark.clause("QY-2.3b")
@pytest.mark.parametrize("who", ["孙纪检", "王主任"])
def test_the_paper_shows_and_the_look_is_on_record(office, browse, closed, who):
    reader = browse(who)
    page = reader.post(f"/rounds/{closed}/answers", {"reason": "核对纸质评价"}).text
    assert page.count("看原件照片") == 1
    answer = reader.post(f"/rounds/{closed}/answers/original", {"ballot": ballot_offered(page), "reason": "核对纸质评价"})
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert Image.open(io.BytesIO(answer.data)).size == (40, 30)
    assert len(looks(office)) == 1
    assert looks(office)[0].endswith("核对纸质评价")


@pytest.mark.parametrize("who", ["李经办", "赵包抓", "周系统", "吴安全", "郑审计"])
def test_nobody_else_opens_it(office, browse, closed, who):
    assert browse(who).post(f"/rounds/{closed}/answers/original", {"ballot": 1, "reason": "想看看原件"}).status_code == 403


@pytest.mark.parametrize(("ballot", "reason", "said"), [
    (1, "看", "请写明为什么要看"), (2, "核对纸质评价", "没有原件照片"), (99, "核对纸质评价", "没有原件照片"),
    ("x", "核对纸质评价", "没有原件照片"),
])  # fmt: skip
def test_without_a_reason_or_a_paper_nothing_opens(office, browse, closed, ballot, reason, said):
    answer = browse("孙纪检").post(f"/rounds/{closed}/answers/original", {"ballot": ballot, "reason": reason})
    assert answer.status_code == 409
    assert said in answer.text
    assert not looks(office)


def test_while_the_round_runs_it_stays_shut(office, browse):
    round_id = hand_in_paper(office, browse)
    answer = browse("孙纪检").post(f"/rounds/{round_id}/answers/original", {"ballot": 1, "reason": "提前看看"})
    assert "截止后才能查看" in answer.text


def test_a_photo_that_has_gone_missing_is_said_so(app, office, browse, closed):
    (app.config["LIANXIN"].files / office.all(Attachment)[0].token).unlink()
    answer = browse("孙纪检").post(f"/rounds/{closed}/answers/original", {"ballot": 1, "reason": "核对纸质评价"})
    assert answer.status_code == 409
    assert "没有原件照片" in answer.text


def test_the_paper_about_the_reader_stays_shut(office, browse):
    with office.work() as session:
        row = session.scalars(select(Assignment).where(Assignment.client_id == office.town.shops["东岭合作社"])).one()
        row.cadre_id = office.town.cadres["王主任"]
        record(session, "test.moved", row, by=system("测试"), now=office.clock.now)
        session.commit()
    round_id = hand_in_paper(office, browse)
    office.step(round_id, close)
    answer = browse("王主任").post(f"/rounds/{round_id}/answers/original", {"ballot": 1, "reason": "了解情况"})
    assert answer.status_code == 409
    assert not looks(office)
