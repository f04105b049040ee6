"""The inbox tells duties, reminders and the system apart, day by day, and how text messages do."""

from datetime import timedelta

import pytest

from models import Notice, db
from models.access.actor import system
from models.access.session import working
from rules.notices import Channel, NoticeState
from services.gateways.ways import set_texting, texting
from services.outbox import queue_notice


def tell(office, clock, key: str, subject: str, who: str = "赵包抓", days: int = 0) -> None:
    with working(db.engine, system("测试")) as session:
        queue_notice(
            session, key=key, channel=Channel.INBOX, subject=subject, run_at=clock.now - timedelta(days=days), cadre_id=office.town.cadres[who],
        )  # fmt: skip
        session.commit()


@pytest.fixture
def told(office, clock, browse):
    """Three lines, one of each topic, the oldest of yesterday."""
    tell(office, clock, "areas:1:told", "东岭村改名", days=1)
    tell(office, clock, "due:streetlights:1:late:c1", "路灯报修已超期")
    tell(office, clock, "orders:1:1:c1", "督办单等您签收")
    return browse("赵包抓")


@pytest.fixture
def gateway():
    """`gateway(False)`: this house sends no text messages."""
    before = texting()
    yield set_texting
    set_texting(before)


@pytest.mark.parametrize(("chip", "line"), [("duty", "督办单等您签收"), ("reminder", "路灯报修已超期"), ("system", "东岭村改名")])
def test_each_topic_shows_its_own_lines(told, chip, line):
    page = told.get(f"/notices/?chip={chip}").text
    others = {"督办单等您签收", "路灯报修已超期", "东岭村改名"} - {line}
    assert line in page
    assert not any(one in page for one in others)


def test_lines_stand_under_their_days(told, clock):
    page = told.get("/notices/").text
    today, before = f"{clock.now:%Y-%m-%d}</h2>", f"{clock.now - timedelta(days=1):%Y-%m-%d}</h2>"
    assert page.index(today) < page.index("督办单等您签收") < page.index(before) < page.index("东岭村改名")


def test_what_is_read_leaves_the_unread(told, office):
    duty = next(one for one in office.all(Notice) if one.key.startswith("orders:"))
    told.post(f"/notices/{duty.id}")
    assert "督办单等您签收" not in told.get("/notices/?chip=unread").text
    assert "督办单等您签收" in told.get("/notices/?chip=duty").text
    assert told.get("/notices/?chip=nonsense").status_code == 200


def test_an_empty_folder_leads_back_to_all(office, browse):
    assert "这一类没有消息" in browse("赵包抓").get("/notices/?chip=reminder").text


def test_the_night_and_a_missing_gateway_are_said(told, gateway):
    gateway(False)
    page = told.get("/notices/").text
    assert "每晚 21:00 到早上 07:30 不发短信" in page
    assert "短信没有接通" in page


def test_messages_that_did_not_go_out_are_said_and_counted(told, office, clock, browse, gateway):
    with working(db.engine, system("测试")) as session:
        for n, state in enumerate((NoticeState.SENT, NoticeState.SENT, NoticeState.FAILED, NoticeState.WAITING)):
            session.add(Notice(key=f"sms:{n}", channel=Channel.SMS, subject="测评", state=state, run_at=clock.now))
        session.add(Notice(key="sms:old", channel=Channel.SMS, subject="测评", state=NoticeState.FAILED, run_at=clock.now - timedelta(days=2)))
        session.commit()
    gateway(True)
    page = browse("李经办").get("/notices/").text
    assert "有 1 条短信没有发出去" in page
    assert "发出 2 条，待发 1 条" in page
    assert "待发 1 条" not in told.get("/notices/").text
