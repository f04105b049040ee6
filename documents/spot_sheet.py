"""抽查情况表.xlsx (SJ-3.2, QY-2.3c): totals, each pick with its answers, orders, proof; for the discipline office only."""

from io import BytesIO

from documents.letters.spot_check import proof, rate
from documents.printed import Printed, Printer, Signed, Value
from documents.sheets import open_book
from documents.spot_data import SpotReport
from rules.text import _
from rules.wilson import Share

INSIDE = _("内部材料：含被查对象和回答，只供纪检监督使用，不得外传。")


def spot_sheet(report: SpotReport, signed: Signed | None = None) -> bytes:
    """汇总, 逐户, 督办 and 抽样凭据 as .xlsx."""
    out = BytesIO()
    with open_book(out) as book:
        book.set_properties({"title": report.title(_("情况表")), "subject": report.number})
        printer = Printer(book, signed or Signed(report.made_by, on=f"{report.made_on}", mark=report.number))
        for sheet in (_totals(report), _picks(report), _orders(report), _proof(report)):
            printer.add(sheet)
    return out.getvalue()


def _printed(report: SpotReport, name: str, heads: tuple[str, ...], rows: list[tuple[Value, ...]]) -> Printed:
    return Printed(name, f"{report.title(_('情况表'))}（{name}）", _("编号：{number}　{inside}").format(number=report.number, inside=INSIDE), heads, rows)


def _totals(report: SpotReport) -> Printed:
    """One line a figure: what, how many, out of how many, rate with its interval."""
    found = report.results
    shares = ((_("应答"), found.response), (_("与台账不一致"), found.mismatch), (_("反映问题"), found.finding))
    rows: list[tuple[Value, ...]] = [(_("名单"), report.frame_size, None, ""), (_("抽中"), found.n, report.frame_size, report.size_how)]
    rows += [(name, share.hits, share.n, rate(share)) for name, share in shares]
    rows += [(_("替换"), found.replaced, None, _("按抽定次序由下一户替换")), *((one.name, one.drawn, one.frame, _("层")) for one in report.strata)]
    rows += [(name, share.hits, share.n, _one(share)) for name, share in found.by_person.items()]
    return _printed(report, _("汇总"), (_("项目"), _("数量"), _("基数"), _("比率（95%区间）或说明")), rows)


def _one(share: Share) -> str:
    return _("干部，不一致户数") + (f"，{rate(share)}" if share.n >= 5 else _("；不足5户，不计算比率"))


def _picks(report: SpotReport) -> Printed:
    heads = (_("序号"), _("层"), _("对象"), _("干部"), _("检查人员"), _("状态"), _("拨打次数"), _("结果"), _("不一致"), _("问题"), _("回答"), _("说明"))
    rows: list[tuple[Value, ...]] = [
        (one.at, one.stratum, one.subject, one.cadre, one.inspector, one.state, one.tries, one.outcome, one.differing, one.found,
         "；".join(f"{question}{answer}" for question, answer in one.answers), "；".join(words for words in (one.reason, one.replaced) if words))
        for one in report.picks
    ]  # fmt: skip
    return _printed(report, _("逐户"), heads, rows)


def _orders(report: SpotReport) -> Printed:
    rows: list[tuple[Value, ...]] = [(one.number, one.matter, one.cadre, one.state, one.due_on) for one in report.orders]
    return _printed(report, _("督办"), (_("编号"), _("督办事项"), _("责任人"), _("状态"), _("期限")), rows)


def _proof(report: SpotReport) -> Printed:
    rows: list[tuple[Value, ...]] = [(name, value) for name, _sep, value in (line.partition("：") for line in proof(report))]
    rows += [(_("重新抽样的理由"), report.redraw)] if report.redraw else []
    rows += [(_("依据"), text) for text in report.basis]
    return _printed(report, _("抽样凭据"), (_("项目"), _("内容")), rows)
