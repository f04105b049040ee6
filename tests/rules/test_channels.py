"""An invitation never goes to a phone of the rated person or his unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.channels import BY_PHONE, Channel, Reach, choose_channel, is_forbidden, plain_phone

ALL = (Channel.PLATE, Channel.SMS, Channel.CHAT, Channel.CALL, Channel.SLIP)
OWNER, CADRE, OFFICE = "19900000001", "19900000002", "19900000003"
FORBIDDEN = frozenset({CADRE, OFFICE})


def reasons(choosing):
    return "；".join(map(str, choosing.reasons))


def test_the_plan_decides_the_order():
    assert choose_channel(Reach((OWNER,), FORBIDDEN, has_plate=True), ALL).channel is Channel.PLATE
    chosen = choose_channel(Reach((OWNER,), FORBIDDEN), ALL)
    assert (chosen.channel, chosen.phone) == (Channel.SMS, OWNER)


@pytest.mark.clause("QY-2.3b")
@pytest.mark.parametrize("written", [CADRE, "+86 199 0000 0002", "0086-19900000002", "199-0000-0002", OFFICE])
def test_a_phone_of_the_rated_side_is_passed_over_however_it_is_written(written):
    chosen = choose_channel(Reach((written,), FORBIDDEN), ALL)
    assert (chosen.channel, chosen.phone) == (Channel.SLIP, None)
    assert "所留电话属于被测评干部或其单位" in reasons(chosen)


def test_a_second_phone_of_the_owner_is_used():
    assert choose_channel(Reach((CADRE, OWNER), FORBIDDEN), ALL).phone == OWNER


def test_no_phone_at_all_is_told_as_such():
    chosen = choose_channel(Reach(("",)), ALL)
    assert chosen.channel is Channel.SLIP
    assert "没有登记电话" in reasons(chosen)


def test_a_chat_reaches_who_is_in_it():
    assert choose_channel(Reach(has_chat=True), ALL).channel is Channel.CHAT


def test_nothing_left_is_a_finding():
    chosen = choose_channel(Reach((CADRE,), FORBIDDEN), (Channel.SMS, Channel.CALL))
    assert chosen.channel is None
    assert "派人送" in reasons(chosen)


PHONES = st.lists(st.sampled_from([OWNER, CADRE, OFFICE, "", "+8619900000002"]), max_size=4).map(tuple)


@given(PHONES, st.lists(st.sampled_from(Channel), min_size=1).map(tuple), st.booleans(), st.booleans())
def test_whatever_is_on_file_no_forbidden_phone_is_ever_chosen(phones, channels, plate, chat):
    chosen = choose_channel(Reach(phones, FORBIDDEN, plate, chat), channels)
    assert chosen.channel is None or chosen.channel in channels
    assert (chosen.phone is not None) == (chosen.channel in BY_PHONE)
    assert chosen.phone is None or not is_forbidden(chosen.phone, FORBIDDEN)


def test_one_number_has_one_plain_form():
    assert plain_phone("+86 (199) 0000-0001") == plain_phone("008619900000001") == OWNER
    assert plain_phone("19900000001（店主）") == OWNER


def test_hashes_in_the_place_of_phones_are_compared_whole():
    mine, other = "ab" * 15 + "1f" * 17, "cd" * 15 + "1f" * 17
    assert choose_channel(Reach((mine,), frozenset({other})), ALL).phone == mine
    assert choose_channel(Reach((mine,), frozenset({mine})), ALL).phone is None
    assert choose_channel(Reach(("abcdef",), frozenset({"fedcba"})), ALL).phone == "abcdef"
