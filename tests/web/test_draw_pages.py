"""抽查 on the pages: frozen, promised, thrown, replaced, proven; nobody else learns of it."""

import json
import re

import pytest
from sqlalchemy import select

from models import Area, Cadre, Draw, Event, Pick, Recusal, Unit
from models.access.actor import system
from models.audit import record
from rules.draw_proof import differences
from rules.draws import DrawState, PickState
from rules.places import UnitKind
from services.rounds.closing import close

DICE = "31415265354263124661"
OPEN = {"purpose": "十一月随机抽查", "kind": "clients", "method": "random", "size": "2", "once": "a1"}


@pytest.fixture
def inspector(office, browse):
    """孙纪检 in an office of his own."""
    with office.work() as session:
        unit = Unit(name="纪委", kind=UnitKind.OFFICE, area=session.get_one(Area, office.town.areas["样例乡"]))
        session.get_one(Cadre, office.town.cadres["孙纪检"]).unit = unit
        record(session, "test.moved", "纪委", by=system("测试"), now=office.clock.now)
        session.commit()
    return browse("孙纪检")


def drawn(inspector, **more):
    path = inspector.post("/draws/new", {**OPEN, **more}).headers["Location"]
    inspector.post(path, {"move": "commit"})
    assert inspector.post(path, {"move": "reveal", "dice": DICE}).status_code == 303
    return path


@pytest.mark.clause("SJ-3.2")
def test_the_office_draws_in_three_steps_and_anybody_can_redo_it(office, inspector):
    path = inspector.post("/draws/new", OPEN).headers["Location"]
    assert inspector.post("/draws/new", OPEN).headers["Location"] == path  # sent twice from one page
    page = inspector.get(path).text
    assert "公布承诺值" in page
    inspector.post(path, {"move": "commit"})
    promised = office.all(Draw)[0].commitment
    assert promised[:8] in inspector.get(path).text
    assert office.all(Draw)[0].server_value not in inspector.get(path).text
    assert inspector.post(path, {"move": "reveal", "dice": DICE}).status_code == 303
    assert all(one.state is PickState.WAITING for one in office.all(Pick))
    proof = json.loads(inspector.get(f"{path}/proof.json").text)
    assert differences(proof) == ()
    assert "监督人（签字）" in inspector.get(f"{path}/proof").text


def test_a_proof_with_another_inspector_or_order_of_replacements_is_told(office, inspector):
    path = drawn(inspector)
    inspector.post(path, {"move": "replace", "pick": office.all(Pick)[0].id, "why": "三次无人接听"})
    proof = json.loads(inspector.get(f"{path}/proof.json").text)
    assert differences(proof) == ()
    (step,) = proof["replacements"]
    assert (step["out"], step["reason"]) == (office.all(Pick)[0].target, "三次无人接听")
    swapped = {**proof, "inspectors": {target: ["999"] for target in proof["inspectors"]}}
    skipped = {**proof, "replacements": [{**step, "in": proof["order"][step["stratum"]][-1]}]}
    unsaid = {**proof, "replacements": [{**step, "reason": " "}]}
    assert differences(swapped) == ("核查人员",)
    assert "替换的次序" in differences(skipped)
    assert "替换的次序" in differences(unsaid)


def test_a_refusal_keeps_what_was_typed_and_draws_nothing(office, inspector):
    answer = inspector.post("/draws/new", {**OPEN, "size": "99"})
    assert answer.status_code == 409
    assert "不能抽99个" in answer.text
    assert 'value="十一月随机抽查"' in answer.text
    path = inspector.post("/draws/new", OPEN).headers["Location"]
    inspector.post(path, {"move": "commit"})
    answer = inspector.post(path, {"move": "reveal", "dice": "123"})
    assert answer.status_code == 409
    assert "至少掷20次" in answer.text
    assert office.all(Pick) == []


def test_thrown_in_two_tabs_the_second_is_told_that_it_is_done(office, inspector):
    path = drawn(inspector)
    answer = inspector.post(path, {"move": "reveal", "dice": DICE})
    assert answer.status_code == 409
    assert "当前为“核查中”，不能“抽取”" in answer.text
    assert len(office.all(Pick)) == 2


def test_a_redraw_shows_the_first_draw_and_why(office, inspector):
    path = drawn(inspector)
    after = inspector.post(path, {"move": "redraw", "why": "名单漏了一个村"}).headers["Location"]
    assert after != path
    assert "名单漏了一个村" in inspector.get(after).text
    assert "已作废" in inspector.get(path).text
    assert office.all(Draw)[0].state is DrawState.VOIDED


@pytest.mark.parametrize("who", ["李经办", "王主任", "赵包抓", "周系统", "郑审计"])
def test_nobody_else_learns_of_a_draw_before_it_is_closed(office, inspector, browse, who):
    path = drawn(inspector)
    other = browse(who)
    assert other.get(path).status_code in {403, 404}
    assert other.get(f"{path}/proof.json").status_code in {403, 404}
    assert "十一月随机抽查" not in other.get("/draws/", follow_redirects=True).text
    assert other.post(path, {"move": "void", "why": "不想查"}).status_code in {403, 404}


def test_the_first_page_tells_whoever_checks_what_waits_for_him(office, inspector, browse):
    path = inspector.post("/draws/new", OPEN).headers["Location"]
    assert "十一月随机抽查：等您公布承诺值" in inspector.get("/today/").text
    inspector.post(path, {"move": "commit"})
    assert "等您当众掷骰子" in inspector.get("/today/").text
    inspector.post(path, {"move": "reveal", "dice": DICE})
    mine = sum(one.inspector_id == office.town.accounts["孙纪检"] for one in office.all(Pick))
    page = inspector.get("/today/").text
    assert f"十一月随机抽查：{mine}户等您核查" in page
    assert path.replace("/draws/", "/checks/draw/") in page
    assert "十一月随机抽查" not in browse("王主任").get("/today/").text


def test_the_chain_of_events_does_not_tell_whom_the_dice_fell_on(office, inspector):
    drawn(inspector)
    shops = [one.client_id for one in office.all(Pick)]
    told = json.dumps([[one.verb, one.detail, one.changes] for one in office.all(Event) if one.verb.startswith(("draw.", "pick."))], ensure_ascii=False)
    assert shops
    assert DICE not in told
    assert '"client_id": [null,' not in told


def test_a_leader_opens_his_own_draw_and_the_office_does_not_move_it(office, inspector, browse):
    with office.work() as session:
        session.get_one(Cadre, office.town.cadres["王主任"]).unit = None
        record(session, "test.moved", "领导", by=system("测试"), now=office.clock.now)
        session.commit()
    path = browse("王主任").post("/draws/new", OPEN).headers["Location"]
    assert "公布承诺值" in browse("王主任").get(path).text
    answer = inspector.post(path, {"move": "commit"})
    assert answer.status_code == 409
    assert "由别人主持" in answer.text


@pytest.mark.clause("SJ-3.2")
def test_a_relation_is_declared_on_the_page_and_ends_there(office, inspector):
    form = {"account": office.town.accounts["孙纪检"], "client": office.town.shops["北塬饭店"], "relation": "店主是妹夫"}
    assert inspector.post("/draws/recusals", form).status_code == 303
    assert "店主是妹夫" in inspector.get("/draws/recusals").text
    assert "不够人查" in inspector.post("/draws/new", {**OPEN, "size": "4"}).text
    assert inspector.post("/draws/recusals", {**form, "cadre": office.town.cadres["赵包抓"]}).status_code == 409
    assert inspector.post("/draws/recusals", {**form, "relation": ""}).status_code == 409
    inspector.post("/draws/recusals", {"end": office.all(Recusal)[0].id})
    assert "没有申报过回避" in inspector.get("/draws/recusals").text
    assert inspector.post("/draws/new", {**OPEN, "size": "4"}).status_code == 303


def test_the_form_offers_rounds_and_people_and_takes_odd_numbers_for_none(office, inspector):
    office.month(东岭合作社="fair", 西沟农场="satisfied")
    page = inspector.get("/draws/new").text
    assert "2026年11月测评" in page
    assert re.search(r'name="able" value="\d+"', page)
    round_id = re.search(r'<option value="(\d+)" selected>2026年11月测评', page).group(1)
    assert inspector.post("/draws/new", {**OPEN, "once": "b", "kind": "ballots", "round": round_id, "by": ["level"]}).status_code == 303
    assert office.all(Draw)[-1].weights == {"低分": 3}
    for odd in ({"size": "x"}, {"kind": "people"}, {"kind": "ballots", "round": "9" * 30}, {"able": "999"}):
        assert inspector.post("/draws/new", {**OPEN, "once": "c", **odd}).status_code == 409


def test_whoever_checks_does_not_see_beforehand_who_rated_low(office, inspector):
    round_id = office.open()
    office.answer(round_id, 东岭合作社="very_dissatisfied", 西沟农场="satisfied", 南坪小店="satisfied", 北塬饭店="satisfied")
    office.step(round_id, close)
    page = inspector.get(drawn(inspector, kind="ballots", round=round_id, by="level", size="4")).text
    chosen = page.split("抽中的对象")[1].split("抽样名单")[0]
    assert len(office.all(Pick)) == chosen.count('data-label="核查人"') > 2
    assert "低分" not in chosen
    assert "其他评价" not in chosen
    with office.work() as session:
        picks = session.scalars(select(Pick).order_by(Pick.position, Pick.target)).all()
        names = [one.client.name for one in picks]
    assert sorted(names, key=chosen.index) == names


def test_a_draw_by_the_plans_rule_is_as_the_rule_says_whatever_is_sent_along(office, inspector):
    assert "纪委电话抽查“三进”工作" in inspector.get("/draws/new").text
    assert "分管领导每月抽查企业满意度测评" not in inspector.get("/draws/new").text
    page = inspector.get("/draws/new?rule=office-spot-check").text
    assert "抽几个：10" in page
    assert 'name="size"' not in page
    path = inspector.post("/draws/new", {**OPEN, "rule": "office-spot-check", "purpose": "", "kind": "ballots", "size": "1"}).headers["Location"]
    (draw,) = office.all(Draw)
    assert (draw.purpose, draw.kind.value, draw.method.value, draw.size) == ("纪委电话抽查“三进”工作", "clients", "phone", 4)
    assert draw.weights == {"久未核查": 2}
    assert "纪委电话抽查“三进”工作" in inspector.get(path).text


@pytest.mark.parametrize("code", ["leader-spot-check", "nobody"])
def test_a_rule_of_somebody_else_or_none_is_refused(office, inspector, code):
    page = inspector.post("/draws/new", {**OPEN, "rule": code})
    assert page.status_code == 409
    assert "这条抽查规则已不在方案文件中" in page.text
    assert office.all(Draw) == []
