"""The inspector's desk: answers before the ledger, three attempts, what differs explained, nobody learns of the list before."""

import io
import re
import zipfile
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from models import Area, Cadre, Call, Check, Draw, Event, Order, Pick, Round, Unit, db
from models.access.actor import system
from models.access.session import ActorSession, working
from models.audit import record
from rules.draws import DrawMethod, FrameKind, PickState
from rules.places import UnitKind
from services.draws.drawing import close, commit, reveal
from services.draws.freezing import Ask, freeze
from tests.homes import NOW

SYSTEM = system("测试")
DICE = "16253416253416253416"
RATED = {"东岭合作社": "very-satisfied", "西沟农场": "satisfied", "南坪小店": "satisfied", "北塬饭店": "satisfied"}
FINE = {"item-visits": "2", "item-rated": "self", "item-problem": "solved"}


@dataclass
class Drawn:
    office: object
    id: int

    @property
    def path(self):
        return f"/checks/draw/{self.id}"

    def picks(self):
        return [one for one in self.office.all(Pick) if one.draw_id == self.id]

    def level(self, pick):
        """The code that the ledger holds of a pick."""
        names = {number: name for name, number in self.office.town.shops.items()}
        return RATED[names[pick.client_id]]

    def verb(self, verb, *args):
        with self.office.work() as session:
            verb(session, session.get_one(Draw, self.id), *args, by=self.office.town.actors["孙纪检"], now=self.office.clock.now)
            session.commit()


def drawn(office, size=2, method=DrawMethod.PHONE, **more):
    """孙纪检 of the 纪委办公室 draws from the month's ballots by phone."""
    round_id = office.month(**RATED)
    with working(db.engine, SYSTEM) as session:
        area = session.get_one(Area, office.town.areas["样例乡"])
        unit = Unit(name="纪委办公室", kind=UnitKind.OFFICE, area=area)
        session.add(unit)
        session.get_one(Cadre, office.town.cadres["孙纪检"]).unit = unit
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.flush()
        ask = Ask(area=area, kind=FrameKind.BALLOTS, method=method, purpose="十一月测评抽查", round=session.get_one(Round, round_id), size=size, **more)
        row = freeze(session, ask, "test", by=office.town.actors["孙纪检"], now=office.clock.now)
        session.commit()
        found = Drawn(office, row.id)
    found.verb(commit)
    found.verb(reveal, DICE)
    return found


def answered(pick, level, **more):
    return {"move": "answer", "pick": pick.id, **FINE, "item-level": level, **more}


def wrong(level):
    return "fair" if level != "fair" else "satisfied"


@pytest.mark.clause("QY-2.3c")
def test_the_ledger_stays_hidden_until_the_answer_is_saved_then_what_differs_is_explained(office, browse):
    draw, inspector = drawn(office), browse("孙纪检")
    first, second = draw.picks()
    page = inspector.get(draw.path).text
    assert "保存后才显示台账的值" in page
    assert not re.search(r'<input type="radio"[^>]* checked', page)
    assert "回答与台账对照" not in page
    sent = answered(first, wrong(draw.level(first)))
    for _twice in range(2):
        answer = inspector.post(draw.path, sent)
        assert answer.headers["Location"].endswith(f"?pick={first.id}")
    page = inspector.get(answer.headers["Location"]).text
    assert "回答与台账对照" in page
    assert "台账与电话不一致，是什么情况" in page
    assert inspector.post(draw.path, {"move": "explain", "pick": first.id, "reason": " "}).status_code == 409
    assert "不能再替换" in inspector.post(f"/draws/{draw.id}", {"move": "replace", "pick": first.id, "why": "不想要这个回答"}).text
    answer = inspector.post(draw.path, answered(first, draw.level(first)))
    assert (answer.status_code, "不能再改" in answer.text) == (409, True)
    assert inspector.post(draw.path, {"move": "explain", "pick": first.id, "reason": "店主说没有评过"}).headers["Location"] == draw.path
    assert inspector.post(draw.path, answered(second, draw.level(second))).headers["Location"] == draw.path
    assert [one.state for one in draw.picks()] == [PickState.DONE, PickState.DONE]
    assert [(one.differing, one.reason) for one in office.all(Check)] == [(1, "店主说没有评过"), (0, "")]
    assert "名单上的都办完了" in inspector.get(draw.path).text


@pytest.mark.clause("SJ-3.2")
def test_three_attempts_half_an_hour_apart_then_the_next_in_the_fixed_order(office, browse, clock):
    draw, inspector = drawn(office, size=1), browse("孙纪检")
    (pick,) = draw.picks()
    note = {"move": "no_answer", "pick": pick.id}
    assert inspector.post(draw.path, note).status_code == 303
    answer = inspector.post(draw.path, note)
    assert (answer.status_code, "不到30分钟" in answer.text) == (409, True)
    assert "过一会儿再打" in inspector.get(draw.path).text
    for _again in range(2):
        clock.pass_by(minutes=30)
        inspector = browse("孙纪检")
        inspector.post(draw.path, note)
    old, new = draw.picks()
    assert (old.state, old.reason, new.replaces_id, new.position) == (PickState.REPLACED, "3次无人接听", old.id, old.position + 1)
    assert inspector.post(draw.path, note).status_code == 409
    inspector.post(draw.path, {"move": "refused", "pick": new.id})
    assert draw.picks()[1].state is PickState.UNREACHABLE
    assert len(draw.picks()) == 2
    page = inspector.get(f"{draw.path}/results").text
    assert "3次无人接听" in page
    assert "0<small>/1" in page
    assert len(office.all(Call)) == 4


def test_the_telephone_is_shown_in_full_to_whom_the_dice_chose_and_each_look_is_on_record(office, browse):
    draw, inspector = drawn(office, size=1), browse("孙纪检")
    (pick,) = draw.picks()
    assert "tel:" not in inspector.get(draw.path).text
    assert 'href="tel:199000000' in inspector.post(draw.path, {"move": "dial", "pick": pick.id}).text
    told = [one for one in office.all(Event) if one.verb == "call.dial"]
    assert [(one.by, one.subject) for one in told] == [("孙纪检", f"draws:{draw.id}")]


def test_clerk_cadre_and_other_leaders_learn_nothing_of_list_order_and_answers_before_the_close(office, browse):
    """Neither by address, nor in rows, counts, notices or the book of events that the auditor reads."""
    draw, inspector = drawn(office), browse("孙纪检")
    first, second = draw.picks()
    inspector.post(draw.path, answered(first, wrong(draw.level(first))))
    inspector.post(draw.path, {"move": "no_answer", "pick": second.id})
    for who in ("李经办", "赵包抓", "钱包保", "王主任", "周系统", "郑审计"):
        for path in (draw.path, f"{draw.path}/results", f"{draw.path}/report.docx", f"{draw.path}/sheet.xlsx"):
            assert browse(who).get(path).status_code in {403, 404}, (who, path)
        for model in (Draw, Pick, Call, Check):
            with ActorSession(db.engine, info={"actor": office.town.actors[who]}) as session:
                assert session.scalars(select(model.id)).all() == [], (who, model)
    for path in ("/notices/", "/orders/", "/checks/", "/admin/"):
        assert "抽查" not in "".join(re.findall(r"<main.*</main>", browse("李经办").get(path).text, re.S)), path
    told = "".join(f"{one.subject}{one.detail}{one.changes}" for one in office.all(Event) if one.verb.split(".")[0] in {"draw", "call", "pick", "check"})
    names = [*office.town.shops, DICE, "no_answer", "visits", "very-satisfied"]
    assert [word for word in names if word in told] == []
    assert not re.search(r"'(client_id|target|position|stratum|invitation_id|pick_id)': \[[^…]*[0-9]", told)


@pytest.mark.clause("SJ-3.2")
def test_after_the_close_orders_and_report_come_in_one_step_each(office, browse):
    draw, inspector = drawn(office, size=4), browse("孙纪检")
    for number, pick in enumerate(draw.picks()):
        level = draw.level(pick)
        inspector.post(draw.path, answered(pick, wrong(level) if number < 2 else level, **({"item-problem": "open"} if number == 3 else {})))
        if number < 2:
            inspector.post(draw.path, {"move": "explain", "pick": pick.id, "reason": "店主说记不得这样评过"})
    assert inspector.post(f"{draw.path}/orders").status_code == 303
    assert office.all(Order) == []
    assert inspector.get(f"{draw.path}/report.docx").status_code == 409
    draw.verb(close)
    for _twice in range(2):
        inspector.post(f"{draw.path}/orders")
    orders = office.all(Order)
    assert {one.cadre_id for one in orders} <= {office.town.cadres["赵包抓"], office.town.cadres["钱包保"]}
    assert len(orders) == len({one.cadre_id for one in orders})
    assert not [name for name in office.town.shops for one in orders if name in one.matter + one.request]
    page = inspector.get(f"{draw.path}/results").text
    assert "不排名次" in page
    with zipfile.ZipFile(io.BytesIO(inspector.get(f"{draw.path}/report.docx").data)) as paper:
        text = re.sub(r"<[^>]+>", "", paper.read("word/document.xml").decode())
    row = office.all(Draw)[0]
    for words in (row.frame_hash, row.seed, DICE, row.number, "应答4户", "与台账不一致2户", *(one.number for one in orders)):
        assert words in text, words
    assert not [name for name in office.town.shops if name in text]
    assert inspector.get(f"{draw.path}/sheet.xlsx").status_code == 200
    assert browse("王主任").get(f"{draw.path}/results").status_code == 200
    assert browse("李经办").get(f"{draw.path}/results").status_code == 403


def test_an_unannounced_draw_opens_its_sheet_on_site_and_is_done_when_it_is_signed(office, browse):
    draw, inspector = drawn(office, size=1, method=DrawMethod.UNANNOUNCED), browse("孙纪检")
    (pick,) = draw.picks()
    sheet = inspector.post(draw.path, {"move": "open", "pick": pick.id}).headers["Location"]
    assert inspector.post(draw.path, {"move": "open", "pick": pick.id}).headers["Location"] == sheet
    assert inspector.post(draw.path, answered(pick, "fair")).status_code == 409
    version = re.search(r'name="version" value="(\d+)"', inspector.get(sheet).text).group(1)
    good = {f"item-{item}": "pass" for item in ("piles", "sheds", "posters")}
    assert inspector.post(sheet, {"move": "sign", "version": version, **good}).status_code == 303
    assert draw.picks()[0].state is PickState.DONE
    assert inspector.post(sheet, {"move": "void", "why": "不算"}).status_code == 409
