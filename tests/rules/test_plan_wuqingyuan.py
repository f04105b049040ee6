"""The 三进 plan says what the paper says."""

from datetime import date

import pytest

from rules.clock import ClockRule, Unit
from rules.consequence import ConsequenceRule, CountPer, Span
from rules.months import Month
from rules.roster_rule import RosterRule
from rules.survey import Cadence, Secrecy, SurveyRule, window
from tests.rules.packs import book, calendar

DAY = date(2026, 1, 1)
CLAUSES = """
QY-2.1a QY-2.1b QY-2.2 QY-2.3a QY-2.3b QY-2.3c QY-2.3d SQ-2.1a SQ-2.1b SQ-2.1c SQ-2.2 SQ-2.3a SQ-2.3b
NH-2.1 NH-2.2a NH-2.2b NH-2.3a NH-2.3b NH-2.3c NH-2.3d SJ-3.1 SJ-3.2 SJ-3.3
"""


def params(rule, kind):
    return book().rule(rule, DAY, kind).params


def test_every_clause_of_the_plan_stands_with_its_words():
    document = book().packs[1].documents[0]
    assert (document.number, document.issued_on) == ("党委发〔2023〕77号", date(2023, 11, 23))
    assert [clause.id for clause in document.clauses] == ["WQY-0.1", *CLAUSES.split()]
    assert all(clause.text.endswith("。") and " " not in clause.text for clause in document.clauses)


def test_every_rule_shows_its_basis():
    for pack in book().packs:
        for rule in pack.rules:
            assert rule.basis.document
            assert rule.basis.quote
    shown = str(book().rule("enterprise-survey", DAY, SurveyRule).basis)
    assert shown.startswith("党委发〔2023〕77号")
    assert "企业对包抓干部每月进行1次满意度测评" in shown


@pytest.mark.clause("QY-2.1a")
def test_one_responsible_cadre_for_each_enterprise():
    rule = params("enterprise-roster", RosterRule)
    assert (rule.least, rule.most) == (1, 1)


@pytest.mark.clause("QY-2.3b")
def test_one_survey_a_natural_month():
    rule = params("enterprise-survey", SurveyRule)
    assert (rule.cadence, rule.secrecy, rule.floor) == (Cadence.MONTHLY, Secrecy.CONFIDENTIAL, 3)
    months = [Month(2026, n) for n in range(1, 13)]
    assert [Month.of(window(rule, one, calendar()).closes_on) for one in months] == months


@pytest.mark.clause("QY-2.3d")
def test_fair_and_below_is_fed_back_and_ordered():
    rule = params("low-rating-order", ConsequenceRule)
    assert book().scale("satisfaction-5-fair").level(rule.threshold).label == "一般"
    assert rule.times == 1
    reply = params(rule.outcomes[1].reply, ClockRule)
    assert (reply.unit, reply.amount) == (Unit.WORKING_DAYS, 7)


@pytest.mark.clause("SQ-2.3b")
def test_twice_dissatisfied_within_twelve_months_and_three_sanctions():
    rule = params("twice-dissatisfied", ConsequenceRule)
    assert (rule.times, rule.span, rule.span_months) == (2, Span.ROLLING, 12)
    assert rule.count_per is CountPer.ROUND
    assert book().scale("satisfaction-5-fair").level(rule.threshold).label == "不满意"
    assert [one.title for one in rule.outcomes] == [
        "取消评先选优资格",
        "在全体干部职工会议上检讨",
        "纳入干部管理使用负面清单",
    ]
    assert params(rule.review, ClockRule).amount == 30
    assert params(rule.appeal, ClockRule).amount == 15


def test_the_township_calls_things_by_its_own_words():
    terms = book().packs[1].terms
    assert (terms.lead, terms.support, terms.link, terms.cadre) == ("包抓", "包保", "包联", "包抓干部")
