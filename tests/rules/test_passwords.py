"""Passwords anybody in town could guess are refused, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleBroken
from rules.passwords import LONGEST, SHORTEST, check_password, common_words, normalised, strength

ZHAO = ("user3", "赵包抓", "zhao", "bao", "zhua", "zhaobaozhua", "zbz", "样例乡", "yangli", "19900000003")


@pytest.mark.parametrize(
    "password",
    [
        "石榴 灯塔 毛笔 拖拉机", "correct horse battery staple", "correcthorsebatterystaple", "三月里种了七棵柿子树还剩五棵",
        "k7fmw2pvq9xt", "keep the well covered",
    ],
)  # fmt: skip
def test_a_few_unrelated_words_are_a_good_password(password: str) -> None:
    check_password(password, ZHAO)


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "123456789012", "qwerty123456", "aaaaaaaaaaaa", "abcdefghijkl", "zhaobaozhua1", "ZhaoBaoZhua2026!",
        "19900000003!", "赵包抓19900000003", "lianxin123456", "woaini1314520", "样例乡政府密码123456", "1qaz2wsx3edc", "00000003zhao!",
        "ｐａｓｓｗｏｒｄ１２３４",
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_password(password, ZHAO)
    assert refusal.value.code == "password-weak"


def test_both_ends_of_the_length() -> None:
    for password, code in (
        ("k7fmw2\tpvq9xt", "password-unprintable"), ("k7fmw2pvq9x", "password-short"), ("k7fmw2pvq9x!" * 11, "password-long"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refusal:
            check_password(password)
        assert refusal.value.code == code
    check_password("k7fmw2pvq9xt")
    check_password(("k7fmw2pvq9xt" * 11)[:LONGEST])


def test_the_list_has_ten_thousand_words() -> None:
    assert len(common_words()) >= 9_900
    assert SHORTEST == 12


@given(st.text(max_size=LONGEST))
def test_a_known_fact_in_front_never_makes_a_password_stronger(text: str) -> None:
    assert strength(normalised("zhaobaozhua" + text), ZHAO) <= strength(normalised(text), ()) + 8
    assert 0 <= strength(text, ZHAO) <= 2 * len(text)
