"""An answer found void counts no more, and what rested on it falls with the correction; what it left free counts again."""

import pytest

from models import Ballot, Notice, Order, Result, Round, Sanction, Snapshot
from rules.errors import NotAllowed, RuleBroken
from rules.orders import OrderState
from rules.sanctions import SanctionState
from services.followup import orders, sanctions
from services.rounds.closing import check, close
from services.rounds.freezing import correct, freeze
from services.rounds.voiding import void

WHY = "电话核实，是别人代评的"


def void_of(office, round_id: int, shop: str, *, who: str = "孙纪检", why: str = WHY) -> None:
    invitation = office.invitation(round_id, shop)
    with office.work() as session:
        ballot = session.query(Ballot).filter_by(invitation_id=invitation).one()
        void(session, session.get_one(Round, round_id), ballot.id, why, by=office.town.actors[who], now=office.clock.now)
        session.commit()


def corrected(office, round_id: int) -> None:
    with office.work() as session:
        correct(session, session.get_one(Round, round_id), "一份答卷经查无效", by=office.clerk, now=office.clock.now)
        session.commit()


def month(office, **levels: str) -> int:
    number = office.month(**levels)
    office.clock.pass_by(days=28)
    return number


def states(office) -> list[SanctionState]:
    return [one.state for one in office.all(Sanction)]


def told(office, words: str) -> list[int | None]:
    return [one.cadre_id for one in office.all(Notice) if words in one.subject and one.cadre_id]


@pytest.mark.clause("QY-2.3c", "SQ-2.3b")
def test_a_void_answer_takes_the_proposals_back_that_rested_on_it_and_the_other_month_counts_again(office):
    first = month(office, 东岭合作社="dissatisfied")
    month(office, 东岭合作社="dissatisfied")
    assert states(office) == [SanctionState.PROPOSED] * 3
    void_of(office, first, "东岭合作社")
    assert states(office) == [SanctionState.PROPOSED] * 3  # the correction decides, by another person
    corrected(office, first)
    assert states(office) == [SanctionState.WITHDRAWN] * 3
    month(office, 西沟农场="dissatisfied")  # with the second month it is two again
    assert states(office) == [SanctionState.WITHDRAWN] * 3 + [SanctionState.PROPOSED] * 3


@pytest.mark.clause("SQ-2.3b")
def test_what_is_in_force_is_withdrawn_and_the_person_is_told_what_has_ended_stays(office):
    office.sanction(told=True)
    first, other, last = office.all(Sanction)
    with office.work() as session:
        sanctions.dismiss(session, session.get_one(Sanction, last.id), "情节轻微", by=office.town.actors["王主任"], now=office.clock.now)
        session.commit()
    void_of(office, office.all(Round)[0].id, "东岭合作社")
    corrected(office, office.all(Round)[0].id)
    assert states(office) == [SanctionState.WITHDRAWN, SanctionState.WITHDRAWN, SanctionState.DISMISSED]
    assert told(office, "已撤回，不再有效") == [office.town.cadres["赵包抓"]]
    assert (office.all(Sanction)[0].remark, other.id) == ("所据测评结果已更正", other.id)
    corrected(office, office.all(Round)[0].id)  # again: nothing more happens
    assert told(office, "已撤回，不再有效") == [office.town.cadres["赵包抓"]]


def test_with_another_low_answer_left_everything_stands(office):
    first = month(office, 东岭合作社="dissatisfied", 西沟农场="dissatisfied")
    month(office, 东岭合作社="dissatisfied")
    void_of(office, first, "东岭合作社")
    corrected(office, first)
    assert states(office) == [SanctionState.PROPOSED] * 3
    void_of(office, first, "西沟农场")
    corrected(office, first)
    assert states(office) == [SanctionState.WITHDRAWN] * 3


@pytest.mark.clause("QY-2.3d")
def test_the_order_falls_too_unless_it_was_answered(office):
    office.order()
    (round_,) = office.all(Round)
    void_of(office, round_.id, "东岭合作社")
    corrected(office, round_.id)
    assert office.all(Order)[0].state is OrderState.VOIDED
    assert told(office, "已更正，已作废") == [office.town.cadres["赵包抓"]]


def test_an_answered_order_is_finished_as_it_was(office):
    office.order()
    (round_,) = office.all(Round)
    with office.work() as session:
        orders.reply(session, session.get_one(Order, 1), "已上门三次，事情办妥了。", by=office.town.actors["赵包抓"], now=office.clock.now)
        session.commit()
    void_of(office, round_.id, "东岭合作社")
    corrected(office, round_.id)
    assert office.all(Order)[0].state is OrderState.REPLIED


def test_the_new_edition_counts_without_it_and_the_old_one_stays(office):
    number = office.month(东岭合作社="dissatisfied", 西沟农场="satisfied", 南坪小店="satisfied", 北塬饭店="satisfied")
    void_of(office, number, "东岭合作社")
    corrected(office, number)
    old, new = office.all(Snapshot)
    cadre = office.town.cadres["赵包抓"]
    counted = {one.snapshot_id: one.n for one in office.all(Result) if one.cadre_id == cadre}
    assert (counted[old.id], counted[new.id]) == (3, 2)


def test_before_the_freeze_it_is_just_not_counted(office):
    number = office.open()
    office.answer(number, 东岭合作社="dissatisfied", 西沟农场="satisfied")
    office.step(number, close)
    void_of(office, number, "东岭合作社")
    office.step(number, check, freeze)
    assert (office.all(Order), office.all(Sanction)) == ([], [])


@pytest.mark.parametrize(("why", "said"), [("", "不少于4个字"), (" 代评 ", "不少于4个字")])
def test_without_a_reason_nothing_is_void(office, why, said):
    number = office.month(东岭合作社="fair")
    with pytest.raises(RuleBroken, match=said):
        void_of(office, number, "东岭合作社", why=why)


def test_while_the_round_runs_the_shop_may_change_its_answer_itself(office):
    number = office.open()
    office.answer(number, 东岭合作社="fair")
    with pytest.raises(RuleBroken, match="还没有截止"):
        void_of(office, number, "东岭合作社")


@pytest.mark.parametrize("who", ["李经办", "王主任", "赵包抓"])
def test_only_the_discipline_office_finds_an_answer_void(office, who):
    number = office.month(东岭合作社="fair")
    with pytest.raises(NotAllowed):
        void_of(office, number, "东岭合作社", who=who)


def test_twice_is_said_and_the_first_reason_stays(office):
    number = office.month(东岭合作社="fair")
    void_of(office, number, "东岭合作社")
    with pytest.raises(RuleBroken, match="已由孙纪检判定无效"):
        void_of(office, number, "东岭合作社", why="别的理由在这里")
    assert [one.voided_why for one in office.all(Ballot)] == [WHY]


def test_the_office_is_told_that_a_correction_is_due_not_whose_answer_it_was(office):
    number = office.month(东岭合作社="fair")
    void_of(office, number, "东岭合作社")
    lines = [one for one in office.all(Notice) if "经查无效" in one.subject]
    names = {number: name for name, number in office.town.accounts.items()}
    assert {names[one.account_id] for one in lines} == {"李经办", "王主任", "孙纪检"}
    assert not any("东岭" in one.subject + (one.body or "") for one in lines)
