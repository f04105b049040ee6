"""月度企业满意度测评情况通报: what everybody in the township may know about a frozen round (SQ-2.3a).

No cadre is named, no village with too few enterprises stands alone, proposals not yet decided are left out.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from documents.letters.fill import fill
from documents.letters.words import NO_HEAD, Head, on, paragraphs, percent
from documents.reports_data import MonthlyReport, Totals, VillageRow
from rules.localtime import local_day
from rules.results import Share
from rules.text import _

INSTANT = timedelta(microseconds=1)  # a round that closes at 24:00 ends on that day


def notice_letter(report: MonthlyReport, head: Head = NO_HEAD, own: Path | None = None) -> bytes:
    """The notice as .docx; `own` is the folder of the township's own templates. Raises RuleBroken("letter-template")."""
    totals = report.totals
    words = {
        "head": head.words,
        "issuer": head.signature(report.township),
        "month": report.month,
        "day": on(local_day(report.frozen_at)),
        "opened": on(local_day(report.opened_at)),
        "closed": on(local_day(report.closed_at - INSTANT)),
        "floor": report.floor,
        "edition": report.edition,
        "reason": report.reason,
        "totals": {**vars(totals), "response": percent(totals.response)},
        "results": results(totals),
        "followed": followed(report.orders),
        "basis": paragraphs(report.basis),
        "rows": [_row(at, one) for at, one in enumerate(pooled(report.villages, report.floor), start=1)],
        "note": _("快照编号：{number}；内容摘要：{digest}").format(number=report.number, digest=report.digest),
    }
    return fill("notice", words, own)


def results(totals: Totals) -> list[str]:
    """Sentences on the township's distribution, or why there is none."""
    if totals.mean is None:
        return [totals.withheld or _("没有收回评价，不计算结果。")]
    given = "，".join(_("“{level}”{n}份").format(level=level, n=n) for level, n in totals.distribution)
    said = [_("收回的{n}份评价中，{given}。").format(n=totals.n, given=given)] if given else []
    if totals.satisfied is not None:
        share = percent(Share(totals.satisfied, totals.n).percent)
        said.append(_("“满意”及以上{k}份，占{share}。").format(k=totals.satisfied, share=share))
    return [*said, _("总体平均分{mean:.2f}分（{n}份）。").format(mean=totals.mean, n=totals.n)]


def followed(orders: int) -> str:
    if not orders:
        return _("本次没有需要督办的事项。")
    return _("对评价为“一般”及以下的，已向有关干部反馈，并提出督办意见{n}份。").format(n=orders)


def pooled(villages: Sequence[VillageRow], floor: int) -> list[VillageRow]:
    """Villages with at least `floor` enterprises; the others, and more if needed, in one row at the end."""
    small = [one for one in villages if one.invited < floor]
    large = [one for one in villages if one.invited >= floor]
    while small and large and sum(one.invited for one in small) < floor:
        small.append(least := min(large, key=lambda one: one.invited))
        large.remove(least)
    return [*large, _together(small)] if small else large


def _together(villages: Sequence[VillageRow]) -> VillageRow:
    invited, n, refused, closed = (
        sum(getattr(one, name) for one in villages) for name in ("invited", "n", "refused", "closed")
    )
    name = villages[0].name if len(villages) == 1 else _("其他{count}个村合计").format(count=len(villages))
    return VillageRow(name, invited, n, refused, closed, Share(n, invited - closed).percent)


def _row(at: int, one: VillageRow) -> dict[str, str]:
    counts = {name: str(getattr(one, name)) for name in ("invited", "closed", "n")}
    return {"at": str(at), "name": one.name, **counts, "response": percent(one.response)}
