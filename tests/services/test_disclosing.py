"""What the rated person may know: whole batches of frozen rounds, and a late freeze changes none of them."""

from models import db
from models.access.actor import system
from models.access.session import working
from services.rounds.closing import check, close
from services.rounds.disclosing import disclosed
from services.rounds.freezing import freeze

GOOD = {"东岭合作社": "very_satisfied", "西沟农场": "satisfied", "南坪小店": "fair"}
BAD = {"东岭合作社": "dissatisfied", "西沟农场": "fair", "南坪小店": "very_satisfied"}


def shown(office, name="赵包抓"):
    with working(db.engine, system("测试")) as session:
        return disclosed(session, office.town.cadres[name])


def test_three_answers_of_a_frozen_month_are_a_batch(office):
    office.month(**GOOD)
    (batch,) = shown(office)
    assert (batch.n, str(batch.mean)) == (3, "80.00")


def test_one_shop_alone_is_never_shown_however_many_months(office):
    for _month in range(3):
        office.month(北塬饭店="fair")
        office.clock.pass_by(days=28)
    assert shown(office, "钱包保") == ()


def test_until_the_freeze_nothing_shows(office):
    round_id = office.open()
    office.answer(round_id, **GOOD)
    office.step(round_id, close, check)
    assert shown(office) == ()
    office.step(round_id, freeze)
    assert len(shown(office)) == 1


def test_a_later_month_waits_for_an_earlier_one_that_is_still_being_checked(office):
    first = office.open()
    office.answer(first, **GOOD)
    office.step(first, close, check)
    office.clock.pass_by(days=32)
    office.month(**BAD)
    assert shown(office) == ()
    office.step(first, freeze)
    assert [one.n for one in shown(office)] == [3, 3]
