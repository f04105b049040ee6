"""三员互不兼任, and nobody lifts himself: every pair of roles."""

from itertools import product

import pytest

from rules.administrators import check_decision, check_grant, check_opening, needs_second
from rules.errors import NotAllowed, RuleBroken
from rules.roles import ADMINISTRATORS, BUSINESS, PRIVILEGED, Role


@pytest.mark.parametrize(("has", "wanted"), [pair for pair in product(Role, Role) if pair[0] != pair[1]])
def test_administrators_stay_what_they_are_and_everybody_else_may_change(has: Role, wanted: Role) -> None:
    if has in ADMINISTRATORS:
        with pytest.raises(RuleBroken) as refusal:
            check_grant(has, wanted, own_account=False)
        assert refusal.value.code == "administrators-exclude"
    else:
        check_grant(has, wanted, own_account=False)
    with pytest.raises(NotAllowed):
        check_grant(has, wanted, own_account=True)


@pytest.mark.parametrize(("held", "wanted"), list(product(Role, Role)))
def test_a_person_with_an_account_gets_no_second_one(held: Role, wanted: Role) -> None:
    check_opening(wanted, held=frozenset())
    with pytest.raises(RuleBroken):
        check_opening(wanted, held=frozenset({held}))


def test_the_second_pair_of_eyes_is_asked_for_privilege_only() -> None:
    assert {role for role in Role if needs_second(role)} == PRIVILEGED
    assert not BUSINESS & ADMINISTRATORS


def test_who_may_decide() -> None:
    check_decision(asked_by=1, decides=2, subject=3, others=1)
    check_decision(asked_by=1, decides=1, subject=3, others=0)
    for asked_by, decides, subject, others in ((1, 1, 3, 1), (1, 3, 3, 1), (1, 3, 3, 0)):
        with pytest.raises(NotAllowed):
            check_decision(asked_by=asked_by, decides=decides, subject=subject, others=others)
