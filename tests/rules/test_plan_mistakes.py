"""Each mistake in a plan file is told with its line, its key and what would be right."""

import pytest

from tests.rules.test_plan_load import errors, swap


@pytest.mark.parametrize(
    ("old", "new", "key", "reason", "right"),
    [
        ("floor = 3", "flor = 3", "rules[2].params.flor", "没有“flor”这一项", "是不是想写“floor”"),
        ('kind = "roster"', 'kind = "quota"', "rules[1].kind", "尚未支持规则类型“quota”", "survey"),
        ('kind = "roster"', 'kind = "rooster"', "rules[1].kind", "未知规则类型", "是不是想写“roster”"),
        ('clause = "QY-2.1a"', 'clause = "QY-2.1"', "rules[1].clause", "没有条款“QY-2.1”", "QY-2.1"),
        (
            '"satisfaction-5-fair"',
            '"satisfaction-5"',
            "rules[2].params.scale",
            "没有量表",
            "satisfaction-5-fair",
        ),
        (
            'threshold = "fair"',
            'threshold = "fare"',
            "rules[3].params.threshold",
            "没有“fare”这一档",
            "“fair”",
        ),
        (
            'ask_reason_at = "fair"',
            'ask_reason_at = "x"',
            "rules[2].params.ask_reason_at",
            "没有“x”这一档",
            "fair",
        ),
        (
            'reply = "order-reply"',
            'reply = "order"',
            "rules[3].params.outcomes[2].reply",
            "没有编号为“order”",
            "order-reply",
        ),
        ("floor = 3", "floor = 2", "rules[2].params.floor", "不能少于3，现为2", ""),
        ('id = "QY-2.1b"', 'id = "QY-2.1a"', "documents[1].clauses[3].id", "写了两次", ""),
        ('lead = "包抓"', 'laed = "包抓"', "terms.laed", "没有“laed”", "“lead”"),
    ],
)
def test_one_wrong_word_is_found_with_its_place(old, new, key, reason, right):
    (error,) = errors(swap(old, new))
    assert error.key == key
    assert reason in str(error.reason)
    assert right in str(error.right or "")
    assert new in swap(old, new).splitlines()[error.line - 1] or "outcomes" in key
