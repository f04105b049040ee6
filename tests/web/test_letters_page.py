"""Responsibility letters of a year: who hasn't signed, blanks to print, signed with a picture, reminded once a day."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import event, select

from models import Area, Attachment, Cadre, Event, Letter, Notice, Post, Venue, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.places import AreaLevel
from rules.posts import PostKind
from services.areas import add_area
from tests.homes import NOW

SYSTEM = system("测试")
EAST, WEST = "东岭村", "西沟村"


def change(work):
    with working(db.engine, SYSTEM) as session:
        found = work(session)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
        return found


def rows(model):
    with working(db.engine, SYSTEM) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def picture():
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(out, "PNG")
    return io.BytesIO(out.getvalue()), "责任状.png"


@pytest.fixture
def secretary(town):
    """赵包抓 is secretary of 东岭村; 西沟村 has none on record."""

    def work(session):
        post = Post(title="党支部书记", kind=PostKind.SECRETARY, cadre=session.get_one(Cadre, town.cadres["赵包抓"]),
                    area=session.get_one(Area, town.areas[EAST]), since=date(2026, 1, 1))  # fmt: skip
        post.complete()
        session.add(post)

    change(work)
    return town


def form(town, village=EAST, **more):
    return {"kind": "petitions", "year": "2026", "subject": town.areas[village], "signed_on": "2026-03-01", **more}


@pytest.mark.clause("SGD-4.3a")
def test_each_village_signs_and_the_list_says_who_has_not(browse, secretary):
    clerk, town = browse("李经办"), secretary
    page = clerk.get("/letters/").text
    assert "已签 0 / 2" in page
    assert "赵包抓" in page
    assert clerk.post("/letters/sign", form(town, scan=picture())).status_code == 303
    (letter,) = rows(Letter)
    assert (letter.signed_on, letter.cadre_id, letter.year) == (date(2026, 3, 1), town.cadres["赵包抓"], 2026)
    assert letter.content
    leader = browse("王主任")
    assert "已签 1 / 2" in leader.get("/letters/").text
    assert EAST not in leader.get("/letters/?chip=unsigned").text.split("<tbody>")[1]
    shown = leader.get(f"/letters/{letter.id}/scan")
    assert shown.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(shown.data)).size == (30, 40)
    assert "letter.read" in {one.verb for one in rows(Event)}
    assert "已签 0 / 2" in leader.get("/letters/?year=2027").text


def test_signed_twice_is_one_letter_and_a_scan_may_come_later(browse, secretary):
    clerk, town = browse("李经办"), secretary
    clerk.post("/letters/sign", form(town))
    assert EAST in clerk.get("/letters/?chip=unscanned").text
    clerk.post("/letters/sign", form(town, scan=picture()))
    (letter,) = rows(Letter)
    assert letter.attachment_id is not None
    clerk.post("/letters/sign", form(town, signed_on="2026-03-02"))
    (again,) = rows(Letter)
    assert (again.signed_on, again.attachment_id) == (date(2026, 3, 2), letter.attachment_id)


@pytest.mark.parametrize(
    ("more", "says"),
    [({"signed_on": "2026-12-01"}, "不能晚于今天"), ({"signed_on": "三月"}, "看不懂"), ({"scan": (io.BytesIO(b"MZ no picture"), "a.png")}, "不是能打开的照片")],
)
def test_what_can_not_be_is_refused_and_nothing_is_kept(browse, secretary, more, says):
    clerk = browse("李经办")
    clerk.post("/letters/sign", form(secretary, **more))
    assert says in clerk.get("/letters/").text
    assert (rows(Letter), rows(Attachment)) == ([], [])


def test_blank_letters_are_printed_for_who_has_not_signed(browse, secretary):
    clerk = browse("李经办")
    clerk.post("/letters/sign", form(secretary, WEST))
    paper = clerk.get("/letters/blank?kind=petitions&year=2026").text
    assert paper.count('class="page letter"') == 1
    assert EAST in paper
    assert "赵包抓" in paper
    assert "属地管理" in paper


def test_the_secretary_is_reminded_once_a_day(browse, secretary, clock):
    clerk = browse("李经办")
    for _again in range(2):
        clerk.post("/letters/remind", {"kind": "petitions", "year": "2026"})
    (notice,) = rows(Notice)
    assert notice.cadre_id == secretary.cadres["赵包抓"]
    assert "东岭村的2026年信访工作责任状还没签" in browse("赵包抓").get("/notices/").text
    clock.pass_by(days=1)
    browse("李经办").post("/letters/remind", {"kind": "petitions", "year": "2026"})
    assert len(rows(Notice)) == 2
    clerk = browse("李经办")
    clerk.post("/letters/sign", form(secretary))
    clerk.post("/letters/remind", {"kind": "petitions", "year": "2026"})
    assert "没有可以催的" in clerk.get("/letters/").text


@pytest.mark.clause("HJ-2.1a")
def test_street_fronts_sign_shop_by_shop(browse, town):
    def work(session):
        row = Venue(name="临街一号铺", area=session.get_one(Area, town.areas[EAST]))
        session.add(row)
        session.flush()
        return row.id

    venue, clerk = change(work), browse("李经办")
    assert "已签 0 / 1" in clerk.get("/letters/?kind=clean_front").text
    clerk.post("/letters/sign", {**form(town), "kind": "clean_front", "subject": venue})
    assert "已签 1 / 1" in clerk.get("/letters/?kind=clean_front").text
    assert [one.client_id for one in rows(Letter)] == [venue]
    assert "临街一号铺" not in clerk.get("/letters/blank?kind=clean_front&year=2026").text


def test_letters_are_the_business_of_the_place(browse, secretary):
    town = secretary
    other = change(lambda session: add_area(session, "外村", AreaLevel.VILLAGE, add_area(session, "邻乡", AreaLevel.TOWNSHIP, None, by=SYSTEM, now=NOW), by=SYSTEM, now=NOW).id)
    clerk = browse("李经办")
    assert "外村" not in clerk.get("/letters/").text
    assert clerk.post("/letters/sign", {**form(town), "subject": other}).status_code == 404
    assert browse("王主任").post("/letters/sign", form(town)).status_code == 403
    assert browse("赵包抓").get("/letters/").status_code == 403
    assert browse("周系统").post("/letters/remind").status_code == 403
    assert clerk.get("/letters/1/scan").status_code == 404


def test_the_list_takes_as_many_statements_for_forty_villages_as_for_two(browse, town):
    clerk, asked = browse("李经办"), []
    listen = lambda *args: asked.append(args[2])  # noqa: E731

    def statements():
        asked.clear()
        event.listen(db.engine, "before_cursor_execute", listen)
        assert clerk.get("/letters/").status_code == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(asked)

    few = statements()
    change(lambda session: [add_area(session, f"{n}村", AreaLevel.VILLAGE, session.get_one(Area, town.areas["样例乡"]), by=SYSTEM, now=NOW) for n in range(40)])
    assert statements() == few
