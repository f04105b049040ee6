"""A row of sums below or between the rows of a table: `合计`, `小计：12户`, `东岭村小计`, also after a running number."""

import re
from collections.abc import Sequence

from rules.rosters.tidy import squeeze

_TOTAL = re.compile(r"(?:本页|本表|[^\d\s]{0,7}[村社组区乡镇县])?(?:合计|小计|总计|共计|累计)(?:[:(\d].*)?")


def is_total(texts: Sequence[str]) -> bool:
    """`texts`: the filled cells of one row, from the left. A person called 王小计 is none."""
    first = [squeeze(text) for text in texts[:2]]
    if len(first) > 1 and first[0].isdigit():
        first.pop(0)
    return bool(first) and bool(_TOTAL.fullmatch(first[0]))
