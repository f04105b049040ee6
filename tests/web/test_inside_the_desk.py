"""An inspector who wants another result: what was answered, signed and pictured stays what it was."""

import json

from sqlalchemy import select

from models import Account, Area, Attachment, Cadre, Check, CheckPhoto, Draw
from rules.checks import CheckState
from rules.draw_proof import differences
from rules.draws import DrawMethod, PickState
from rules.strata import StratumBy
from services.draws.drawing import close
from services.draws.proving import proof_of
from services.draws.recusing import declare
from tests.web.test_check_sheets import form, opened, picture
from tests.web.test_check_sheets import window as window
from tests.web.test_spot_desk import answered, drawn, wrong


def proof(draw):
    with draw.office.work() as session:
        return json.loads(json.dumps(proof_of(session, session.get_one(Draw, draw.id))))


def test_what_was_said_on_the_phone_is_not_altered_on_the_sheet_after_the_ledger_was_shown(office, browse):
    draw, inspector = drawn(office, size=1), browse("孙纪检")
    (pick,) = draw.picks()
    said = wrong(draw.level(pick))
    inspector.post(draw.path, answered(pick, said))
    (row,) = office.all(Check)
    path = f"/checks/sheets/{row.id}"
    inspector.get(path)
    better = {"item-visits": "2", "item-rated": "self", "item-problem": "solved", "item-level": draw.level(pick)}
    for move in ("save", "sign"):
        answer = inspector.post(path, {"move": move, "version": row.version, **better})
        assert (answer.status_code, "抽查核查页" in answer.text) == (409, True)
    (row,) = office.all(Check)
    assert (row.answers["level"], row.differing, row.state) == (said, 1, CheckState.DRAFT)


def test_a_sheet_of_a_visit_is_not_settled_by_a_word_on_the_desk(office, browse):
    draw, inspector = drawn(office, size=1, method=DrawMethod.UNANNOUNCED), browse("孙纪检")
    (pick,) = draw.picks()
    inspector.post(draw.path, {"move": "open", "pick": pick.id})
    assert inspector.post(draw.path, {"move": "explain", "pick": pick.id, "reason": "都好"}).status_code == 409
    assert [(one.state, one.answers) for one in office.all(Check)] == [(CheckState.DRAFT, {})]
    assert [one.state for one in draw.picks()] == [PickState.WAITING]


def test_the_proof_holds_where_somebody_refused_to_answer(office, browse):
    draw, inspector = drawn(office, size=2), browse("孙纪检")
    first, second = draw.picks()
    inspector.post(draw.path, {"move": "refused", "pick": first.id})
    assert differences(proof(draw)) == ()
    inspector.post(draw.path, {"move": "wrong_number", "pick": second.id})
    assert differences(proof(draw)) == ()


def test_who_rated_low_is_not_read_off_the_proof_before_the_check_closes(office, browse):
    draw, inspector = drawn(office, size=2, by=(StratumBy.LEVEL,)), browse("孙纪检")
    page = f"/draws/{draw.id}"
    assert "proof.json" not in inspector.get(page).text
    for kind in ("proof", "proof.json"):
        assert inspector.get(f"{page}/{kind}").status_code == 404
    for pick in draw.picks():
        inspector.post(draw.path, answered(pick, draw.level(pick)))
    draw.verb(close)
    assert differences(json.loads(inspector.get(f"{page}/proof.json").text)) == ()


def test_what_was_found_stays_readable_where_the_draw_is_made_void(office, browse):
    draw, inspector = drawn(office, size=2), browse("孙纪检")
    (first, _second) = draw.picks()
    inspector.post(draw.path, answered(first, wrong(draw.level(first))))
    inspector.post(f"/draws/{draw.id}", {"move": "void", "why": "结果不好看"})
    assert f"{draw.path}/results" in inspector.get(f"/draws/{draw.id}").text
    assert inspector.get(f"{draw.path}/results").status_code == 200
    assert inspector.get(f"{draw.path}?pick={first.id}").status_code == 200
    assert inspector.post(draw.path, {"move": "explain", "pick": first.id, "reason": "补写"}).status_code == 409
    assert browse("王主任").get(f"{draw.path}/results").status_code == 404


def test_one_picture_does_not_serve_two_sheets(office, browse, window):
    first = opened(office, browse, window, "王主任")
    inspector = browse("孙纪检")
    assert inspector.post(first, form(inspector, first, **{"photo-badge": picture()})).status_code == 303
    inspector.post(first, {"move": "void", "why": "填错了"})
    second = opened(office, browse, window, "王主任")
    answer = inspector.post(second, form(inspector, second, remark="三号窗口", **{"photo-badge": picture()}))
    assert (answer.status_code, "已经用在另一张检查表" in answer.text) == (409, True)
    assert (len(office.all(CheckPhoto)), len(office.all(Attachment))) == (1, 1)
    assert office.all(Check)[1].remark == "三号窗口"


def test_a_declared_relation_to_whoever_serves_in_a_unit_keeps_the_inspector_from_its_sheet(office, browse, window):
    with office.work() as session:
        account, area = session.get_one(Account, office.town.accounts["孙纪检"]), session.get_one(Area, office.town.areas["样例乡"])
        cadre = session.scalars(select(Cadre).where(Cadre.name == "何窗口")).one()
        declare(session, account, cadre, "妻子", area, by=office.town.actors["孙纪检"], now=office.clock.now)
        session.commit()
    sent = {"sheet": "window-check", "subject": window, "others": [office.town.accounts["王主任"]]}
    answer = browse("孙纪检").post("/checks/sheets/new", sent)
    assert answer.status_code in {403, 409}
    assert office.all(Check) == []
