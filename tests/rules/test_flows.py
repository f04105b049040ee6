"""Rounds, invitations, orders and sanctions: which step follows which."""

from datetime import date

import pytest

from rules import invitations, orders, rounds, sanctions
from rules.errors import NotAllowed, RuleBroken
from rules.invitations import InvitationState as I
from rules.orders import OrderState as O
from rules.rounds import RoundState as R
from rules.sanctions import SanctionState as S

FLOWS = [rounds.FLOW, invitations.FLOW, orders.FLOW, sanctions.FLOW]


def walk(flow, *moves):
    state = flow.start
    for move in moves:
        state = flow.step(state, move)
    return state


@pytest.mark.parametrize("flow", FLOWS)
def test_every_state_is_reached_and_every_move_has_a_label(flow):
    reached = {flow.start}
    for _round in type(flow.start):
        reached |= {move.target for state in reached for move in flow.allowed(state)}
    assert reached == set(type(flow.start))
    assert all(move.label for move in flow.moves)


def test_a_round_runs_to_the_freeze():
    assert walk(rounds.FLOW, "open", "close", "check", "freeze") is R.FROZEN


def test_every_step_before_the_freeze_can_be_undone():
    assert walk(rounds.FLOW, "open", "unopen") is R.PLANNED
    assert walk(rounds.FLOW, "open", "close", "reopen") is R.OPEN
    assert walk(rounds.FLOW, "open", "close", "check", "uncheck") is R.CLOSED
    assert not rounds.FLOW.allowed(R.FROZEN)


def test_a_round_with_answers_is_not_taken_back():
    rounds.check_unopen(0)
    with pytest.raises(RuleBroken, match="已收到1份评价"):
        rounds.check_unopen(1)


def test_a_refused_move_speaks_to_the_clerk():
    with pytest.raises(RuleBroken, match="当前为“已归档”，不能“重新开启”"):
        rounds.FLOW.step(R.FROZEN, "reopen")


def test_an_owner_may_answer_again_and_after_a_refusal():
    assert walk(invitations.FLOW, "invite", "answer", "answer") is I.ANSWERED
    assert walk(invitations.FLOW, "invite", "refuse", "answer") is I.ANSWERED


def test_an_unsettled_self_rating_cannot_be_answered():
    with pytest.raises(RuleBroken, match="暂不纳入"):
        walk(invitations.FLOW, "exclude", "answer")
    assert walk(invitations.FLOW, "exclude", "include", "invite") is I.INVITED


@pytest.mark.clause("QY-2.3d")
def test_an_order_goes_back_until_the_reply_is_good():
    assert walk(orders.FLOW, "issue", "receive", "reply", "send_back", "reply", "verify", "cancel") is O.CANCELLED
    with pytest.raises(RuleBroken):
        walk(orders.FLOW, "issue", "reply", "cancel")


@pytest.mark.clause("SQ-2.3b")
def test_a_sanction_is_confirmed_told_reviewed_and_appealed():
    path = ("confirm", "notify", "reply", "ask_review", "uphold", "appeal", "reject_appeal", "expire")
    assert walk(sanctions.FLOW, *path) is S.EXPIRED
    assert walk(sanctions.FLOW, "confirm", "notify", "appeal", "lift") is S.LIFTED
    assert walk(sanctions.FLOW, "dismiss") is S.DISMISSED


def test_nobody_is_told_of_what_nobody_confirmed():
    with pytest.raises(RuleBroken):
        walk(sanctions.FLOW, "notify")


def test_nobody_decides_about_himself_or_without_a_reason():
    sanctions.check_decider(False, "情况属实")
    with pytest.raises(NotAllowed, match="涉及本人"):
        sanctions.check_decider(True, "情况属实")
    with pytest.raises(RuleBroken, match="理由"):
        sanctions.check_decider(False, "  ")


def test_a_sanction_ends_by_itself_and_not_a_day_early():
    ends = sanctions.expires_on(date(2026, 2, 28), 12)
    assert ends == date(2027, 2, 28)
    sanctions.check_expiry(ends, ends)
    with pytest.raises(RuleBroken, match="尚未期满"):
        sanctions.check_expiry(ends, date(2027, 2, 27))
    assert sanctions.expires_on(date(2026, 2, 28), 0) is None
