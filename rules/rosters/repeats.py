"""Review items about enterprises that stand in a file more than once, or under a doubtful code."""

from collections.abc import Iterator, Sequence

from rules.rosters.identity import enterprises_of
from rules.rosters.report import Finding, RosterEntry
from rules.rosters.review import finding, grouped
from rules.rosters.tidy import same_name_key
from rules.text import _


def repeats(entries: Sequence[RosterEntry]) -> Iterator[Finding]:
    """Namesakes in two villages stay apart; one enterprise in several rows is asked about."""
    keys = enterprises_of(entries)
    for group in grouped(entries, lambda entry: same_name_key(entry.enterprise)):
        if len({keys[entry.at] for entry in group}) > 1:
            message = _("“{subject}”出现在不同的村或信用代码下，按不同企业登记。请确认。")
            yield finding("same-enterprise-name", group, group[0].enterprise, message)
    for group in grouped(entries, lambda entry: (entry.kind, keys[entry.at])):
        if len({entry.person for entry in group}) > 1:
            message = _("“{subject}”由{count}人包抓，按同一家企业登记。请确认是不是同一家。")
            count = len({entry.person for entry in group})
            yield finding("enterprise-repeated", group, group[0].enterprise, message, count=count)
    for group in grouped(entries, lambda entry: (entry.person, keys[entry.at])):
        if len(group) > 1:
            message = _("“{subject}”与同一责任人重复了{count}行，只登记一次。请核对电话和联系人。")
            yield finding("duplicate-row", group, group[0].enterprise, message, count=len(group))


def doubtful_codes(entries: Sequence[RosterEntry]) -> Iterator[Finding]:
    """A unified social credit code that is not 18 characters of GB 32100 is left out."""
    for entry in entries:
        if entry.is_code_doubtful:
            message = _("“{subject}”的统一社会信用代码不是18位，没有采用。请核对营业执照后补填。")
            yield finding("credit-code-bad", [entry], entry.enterprise, message)
