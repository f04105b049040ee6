"""Kind `board`: who is proposed, what a plan may not want, what may be read in public."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.board_count import Fact, candidates
from rules.board_rule import BoardRule, Colour, Source
from rules.boards import BoardState, check_expiry, check_ready
from rules.errors import RuleBroken
from rules.plan_error import PlanRefused
from rules.plan_load import load_pack
from rules.publications import check_consent, check_words, shown_name
from tests.rules.packs import book, national, text

DAY = date(2026, 11, 20)


def rule(code):
    return book().rule(code, DAY, BoardRule)


def facts(*bad, subject=1, on=date(2026, 10, 1)):
    return [Fact(f"checks:{subject}{n}", subject, on, one) for n, one in enumerate(bad)]


@pytest.mark.clause("HJ-2.1b")
@pytest.mark.parametrize(("found", "named"), [([True], 0), ([True, False], 0), ([True, True], 1), ([True, True, False], 1)])
def test_whoever_was_found_wanting_twice_is_proposed_for_the_black_board_and_nobody_else(found, named):
    made = candidates(facts(*found), rule("street-black"), DAY)
    assert len(made) == named
    assert all((one.n, one.k) == (len(found), 2) for one in made)


@pytest.mark.parametrize(("found", "named"), [([False], 0), ([False, False], 1), ([False, True, False], 0)])
def test_a_red_board_wants_its_base_and_nothing_found(found, named):
    assert len(candidates(facts(*found), rule("street-red"), DAY)) == named


@pytest.mark.parametrize(("on", "named"), [(date(2025, 11, 20), 0), (date(2025, 11, 21), 1)])
def test_facts_older_than_the_span_dont_count(on, named):
    assert len(candidates(facts(True, True, on=on), rule("street-black"), DAY)) == named


def test_a_fact_is_used_once_and_whoever_stands_is_not_proposed_again():
    found = facts(True, True)
    assert candidates(found, rule("street-black"), DAY, spent={"checks:10"}) == ()
    assert candidates(found, rule("street-black"), DAY, standing={1}) == ()


@given(st.permutations(facts(True, True, False) + facts(True, True, subject=2)))
def test_the_order_of_the_facts_changes_nothing(shuffled):
    assert candidates(shuffled, rule("street-black"), DAY) == candidates(sorted(shuffled, key=lambda one: one.source), rule("street-black"), DAY)


@pytest.mark.parametrize("code", ["household-black", "cadre-slow"])
def test_no_plan_blames_a_person_in_public(code):
    start = text("wuqingyuan").index(f'id = "{code}"')
    changed = text("wuqingyuan")[:start] + text("wuqingyuan")[start:].replace("[rules.params]", "[rules.params]\npublic = true", 1)
    with pytest.raises(PlanRefused, match="只能内部使用"):
        load_pack(changed, "wuqingyuan.toml", (national(),))


@pytest.mark.parametrize(("old", "new", "why"), [
    ('sheet = "street-check"\ntimes = 2', "times = 2", "要写看哪张检查表"), ("times = 2\nbase = 2", "base = 2", "至少几次"),
    ("检查{基数}次，{次数}次发现门前", "检查{name}次", "花括号里只能写"), ('stands = "place"\nsource = "checks"\nsheet = "street-check"', 'stands = "place"\nsource = "orders"', "只能是干部"),
])  # fmt: skip
def test_a_board_that_makes_no_sense_is_refused(old, new, why):
    assert old in text("wuqingyuan")
    with pytest.raises(PlanRefused, match=why):
        load_pack(text("wuqingyuan").replace(old, new, 1), "wuqingyuan.toml", (national(),))


@pytest.mark.clause("HJ-2.1b", "HJ-3.3a", "CK-4.3a")
def test_the_boards_of_the_paper_stand_in_the_plan():
    known = {one.id: (one.clause, one.params.colour) for one in book().rules_of(BoardRule, DAY)}
    assert known["street-black"] == ("HJ-2.1b", Colour.BLACK)
    assert known["household-red"] == ("HJ-2.3a", Colour.RED)
    assert known["household-black"] == ("HJ-3.3a", Colour.BLACK)
    assert {known["window-red"], known["window-black"]} == {("CK-4.3a", Colour.RED), ("CK-4.3a", Colour.BLACK)}
    assert all(one.params.base > 1 or one.params.source is Source.HAND for one in book().rules_of(BoardRule, DAY))


@pytest.mark.clause("SPX-5.3")
def test_the_other_township_praises_whoever_stood_out():
    pack = load_pack(text("shangpuxi"), "shangpuxi.toml", (national(),))
    (praise,) = [one for one in pack.rules if isinstance(one.params, BoardRule)]
    assert (praise.clause, praise.params.colour, praise.params.public) == ("SPX-5.3", Colour.RED, False)


@pytest.mark.parametrize(("name", "people", "full", "shown"), [
    ("张三丰", (), False, "张*丰"), ("李四", (), False, "李*"), ("东岭合作社", ("张三丰",), True, "东岭合作社"), ("张三丰饭店", ("张三丰",), True, "张*丰饭店"),
    ("店", ("店",), True, "店"),
])  # fmt: skip
def test_names_of_persons_are_masked_also_inside_the_name_of_a_shop(name, people, full, shown):
    assert shown_name(name, people, full) == shown


@pytest.mark.parametrize("words", ["检查2次，2026-11-20发现问题", "2026年11月20日检查3次", " 评为卫生清洁农户 "])
def test_a_harmless_text_passes(words):
    assert check_words(words, ["张三丰"]) == words.strip()


@pytest.mark.parametrize(("words", "code"), [
    ("", "words-missing"), ("长" * 201, "words-long"), ("张三丰家门前乱堆", "names-somebody"), ("请打19900000011", "number-inside"),
    ("请打１９９００００００１１", "number-inside"), ("请打199-0000-0011", "number-inside"), ("编号 110101", "number-inside"),
])  # fmt: skip
def test_names_and_numbers_never_stand_in_public(words, code):
    with pytest.raises(RuleBroken) as refusal:
        check_words(words, ["张三丰", "张"])
    assert refusal.value.code == code


@pytest.mark.parametrize(("personal", "public", "consent", "ok"), [(True, True, "", False), (True, True, "11月20日当面同意", True), (True, False, "", True), (False, True, "", True)])
def test_a_person_is_shown_to_everybody_only_with_his_consent(personal, public, consent, ok):
    if ok:
        assert check_consent(personal, public, consent) == consent
    else:
        with pytest.raises(RuleBroken, match="单独同意"):
            check_consent(personal, public, consent)


@pytest.mark.parametrize(("state", "until", "code"), [
    (BoardState.OBJECTED, DAY, "objection-open"), (BoardState.TOLD, DAY, "objection-days"), (BoardState.TOLD, date(2026, 11, 19), ""), (BoardState.UPHELD, DAY, ""),
])  # fmt: skip
def test_nothing_is_published_while_an_objection_is_open_or_may_still_come(state, until, code):
    if not code:
        check_ready(state, until, DAY)
        return
    with pytest.raises(RuleBroken) as refusal:
        check_ready(state, until, DAY)
    assert refusal.value.code == code


def test_it_runs_out_on_its_day_and_not_before():
    check_expiry(DAY, DAY)
    for early in (date(2026, 11, 21), None):
        with pytest.raises(RuleBroken, match="尚未期满"):
            check_expiry(early, DAY)
