"""The month's figures as a workbook (SQ-2.3a): typed cells, plain sums, the snapshot's number on every sheet.

Beside every rate stand the two numbers it comes from; below the floor the mean stays blank and the reason is written.
"""

from collections.abc import Iterable
from datetime import UTC, date
from io import BytesIO

from documents.printed import Printed, Printer, Signed, Value
from documents.reports_data import MonthlyReport
from documents.sheets import open_book
from rules.localtime import local, local_day
from rules.results import Share
from rules.text import _

COUNTS = (_("应评"), _("停业"), _("收回"), _("拒答"))


def monthly_sheet(report: MonthlyReport, signed: Signed | None = None) -> bytes:
    """总表, 按干部, 按村 and 说明 as .xlsx; `signed` is the foot of every page, by default who froze the round."""
    out = BytesIO()
    with open_book(out) as book:
        at = report.frozen_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": _title(report, ""), "subject": report.number, "created": at})
        printer = Printer(
            book, signed or Signed(report.frozen_by, on=_day(local_day(report.frozen_at)), mark=report.number)
        )
        for sheet in (_totals(report), _cadres(report), _villages(report), _notes(report)):
            printer.add(sheet)
    return out.getvalue()


def _printed(
    report: MonthlyReport, name: str, heads: tuple[str, ...], rows: list[tuple[Value, ...]], totals: int = 0
) -> Printed:
    under = _("快照编号：{number}　第{edition}版　归档：{at:%Y-%m-%d %H:%M}　内容摘要：{digest}").format(
        number=report.number, edition=report.edition, at=local(report.frozen_at), digest=report.digest
    )
    return Printed(name, _title(report, name), under, heads, rows, totals)


def _title(report: MonthlyReport, name: str) -> str:
    title = f"{report.township}{report.month}{report.title}"
    return f"{title}（{name}）" if name else title


def _totals(report: MonthlyReport) -> Printed:
    """One line a figure: what, how many, out of how many, remark."""
    totals = report.totals
    trading = totals.invited - totals.closed
    rows: list[tuple[Value, ...]] = [
        (_("应评"), totals.invited, None, None, _("家次；不含不计入的{n}家次").format(n=totals.excluded)),
        (_("停业"), totals.closed, totals.invited, None, _("不进入收回率的分母")),
        (_("拒答"), totals.refused, totals.invited, None, _("留在收回率的分母内")),
        (_("未能送达"), totals.unreachable, totals.invited, None, ""),
        (_("未答"), totals.silent, totals.invited, None, ""),
        (_("收回"), totals.n, trading, Share(totals.n, trading), _("收回÷（应评－停业）")),
        *(
            (_("其中：{level}").format(level=level), n, totals.n, Share(n, totals.n), "")
            for level, n in totals.distribution
        ),
        _satisfied(report),
        (_("平均分"), totals.mean, None, None, _mean_remark(totals.n, totals.withheld)),
        (_("督办单"), report.orders, None, None, _("份")),
        (_("处理建议"), report.sanctions, None, None, _("条；未经领导确认的不是决定")),
    ]
    return _printed(report, _("总表"), (_("项目"), _("数量"), _("基数"), _("比率"), _("说明")), rows)


def _satisfied(report: MonthlyReport) -> tuple[Value, ...]:
    totals = report.totals
    if totals.satisfied is None:
        return (_("“满意”及以上"), None, totals.n, None, totals.withheld)
    return (_("“满意”及以上"), totals.satisfied, totals.n, Share(totals.satisfied, totals.n), _("÷收回份数"))


def _mean_remark(n: int, withheld: str) -> str:
    return withheld or _("{n}份评价的平均").format(n=n)


def _cadres(report: MonthlyReport) -> Printed:
    heads = (_("序号"), _("干部"), _("单位"), _("村"), *COUNTS, _("收回率"), _("平均分"), _("不公布原因"))
    rows: list[tuple[Value, ...]] = [
        (at, one.name, one.unit, "、".join(one.villages), one.invited, one.closed, one.n, one.refused,
         Share(one.n, one.invited - one.closed), one.mean, one.withheld)
        for at, one in enumerate(report.cadres, start=1)
    ]  # fmt: skip
    sums = _sums((one.invited, one.closed, one.n, one.refused) for one in report.cadres)
    mean = report.totals.mean
    rows.append(("", _("合计"), "", "", *sums, Share(sums[2], sums[0] - sums[1]), mean, report.totals.withheld))
    return _printed(report, _("按干部"), heads, rows, 1)


def _villages(report: MonthlyReport) -> Printed:
    heads = (_("序号"), _("村（社区）"), *COUNTS, _("收回率"))
    rows: list[tuple[Value, ...]] = [
        (at, one.name, one.invited, one.closed, one.n, one.refused, Share(one.n, one.invited - one.closed))
        for at, one in enumerate(report.villages, start=1)
    ]
    sums = _sums((one.invited, one.closed, one.n, one.refused) for one in report.villages)
    rows.append(("", _("合计"), *sums, Share(sums[2], sums[0] - sums[1])))
    return _printed(report, _("按村"), heads, rows, 1)


def _sums(rows: Iterable[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    invited, closed, n, refused = 0, 0, 0, 0
    for row in rows:
        invited, closed, n, refused = invited + row[0], closed + row[1], n + row[2], refused + row[3]
    return invited, closed, n, refused


def _notes(report: MonthlyReport) -> Printed:
    rows: list[tuple[Value, ...]] = [
        *((_("依据"), text) for text in report.basis),
        (_("时间"), _("{opened}开启，{closed}截止").format(
            opened=f"{local(report.opened_at):%Y-%m-%d %H:%M}", closed=f"{local(report.closed_at):%Y-%m-%d %H:%M}")),
        (_("口径"), _("一家企业对一名干部评价一次，算一家次；代为录入的、改评的，以最后一次为准。")),
        (_("分子、分母"), _("收回率＝收回÷（应评－停业）；拒答留在分母内；各等次比率和“满意”及以上的分母是收回份数。")),
        (_("不公布原因"), _("评价不足{floor}份的不计算平均分，以免看出是谁评的；原因写在该行。").format(floor=report.floor)),
        (_("保密"), _("本表不反映哪家企业评了什么；任何人不得打听、追问。")),
        *([(_("更正理由"), report.reason)] if report.reason else []),
        (_("核对"), _("数字与快照{number}一致；更正只出新版，不改旧版。").format(number=report.number)),
    ]  # fmt: skip
    return _printed(report, _("说明"), (_("项目"), _("内容")), rows)


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}"
