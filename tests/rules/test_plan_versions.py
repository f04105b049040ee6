"""Rules have versions with dates: old facts keep the old rule, and no day has two or none."""

from datetime import date

import pytest

from rules.clock import ClockRule
from rules.consequence import ConsequenceRule
from rules.errors import RuleBroken
from rules.plan import PlanBook
from rules.plan_load import load_pack
from rules.survey import SurveyRule
from tests.rules.packs import book, national, text
from tests.rules.test_plan_load import errors

OLD = text("wuqingyuan")
CLOCK = """
[[rules]]
id = "order-reply"
kind = "clock"
clause = "QY-2.3d"
title = "督办答复期限"
valid_from = {since}
[rules.params]
unit = "working_days"
amount = 5
"""
HEAD = 'title = "督办答复期限"\nvalid_from = 2023-11-23\n'


def revised(until, since):
    assert HEAD in OLD
    return OLD.replace(HEAD, f"{HEAD}valid_to = {until}\n") + CLOCK.format(since=since)


def test_a_day_has_the_version_in_force():
    pack = load_pack(revised("2025-12-31", "2026-01-01"), "方案.toml", (national(),))
    both = PlanBook((national(), pack))
    assert both.rule("order-reply", date(2025, 12, 31), ClockRule).params.amount == 7
    assert both.rule("order-reply", date(2026, 1, 1), ClockRule).params.amount == 5
    assert [rule.valid_from.year for rule in both.versions("order-reply")] == [2023, 2026]
    assert [rule.params.amount for rule in both.rules_of(ClockRule) if rule.id == "order-reply"] == [7, 5]


def test_versions_that_overlap_by_a_day_are_refused():
    (error,) = errors(revised("2025-12-31", "2025-12-31"))
    assert "两个版本在2025-12-31同时有效" in str(error.reason)


def test_a_day_without_the_version_that_another_rule_needs_is_refused():
    found = errors(revised("2025-12-31", "2026-01-02"))
    assert found[0].key == "rules[3].params.outcomes[2].reply"
    assert {error.key.rsplit(".", 1)[1] for error in found} == {"reply"}  # of the outcome and of each sheet
    assert all("2026-01-01没有生效的“order-reply”" in str(error.reason) for error in found)


def test_versions_of_one_rule_are_of_one_kind():
    changed = OLD.replace('id = "enterprise-roster"', 'id = "sanction-reply"')
    assert any("类型不一致" in str(error.reason) for error in errors(changed))


def test_a_rule_ending_before_it_begins_is_refused():
    (error,) = errors(OLD.replace(HEAD, f"{HEAD}valid_to = 2023-11-22\n"))
    assert error.key == "rules[4].valid_to"


def test_before_the_paper_there_is_no_rule():
    assert book().rule("enterprise-survey", date(2023, 11, 23), SurveyRule)
    with pytest.raises(RuleBroken, match="没有生效的规则"):
        book().rule("enterprise-survey", date(2023, 11, 22), SurveyRule)


def test_a_rule_is_found_by_its_kind():
    found = book().rules_of(ConsequenceRule, date(2026, 1, 1))
    assert [rule.id for rule in found if not rule.params.by_hand] == ["low-rating-order", "twice-dissatisfied"]
    assert [rule.id for rule in found if rule.params.by_hand] == ["poor-duty", "spot-check-failed", "window-failed"]
    with pytest.raises(RuleBroken):
        book().rule("low-rating-order", date(2026, 1, 1), SurveyRule)


def test_a_new_edition_may_not_pull_the_ground_from_under_another_pack():
    edited = text("national").replace('id = "review-request"', 'id = "review-asked"')
    found = errors(edited, beside=book().packs)
    assert found
    assert all("wuqingyuan" in str(error.reason) and "没有编号为“review-request”" in str(error.reason) for error in found)
    assert load_pack(text("national"), "national.toml", book().packs) == national()
