"""An inspector who wants another result: what was answered, signed and pictured stays what it was."""

import json

from models import Check, Draw
from rules.checks import CheckState
from rules.draw_proof import differences
from rules.draws import DrawMethod, PickState
from services.draws.proving import proof_of
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
