"""抽查情况报告 on paper (SJ-3.2, QY-2.3c): no shop, no single answer; every rate with its base and interval."""

from pathlib import Path

from documents.letters.fill import fill
from documents.letters.words import NO_HEAD, Head, on, paragraphs
from documents.spot_data import SpotReport
from rules.localtime import local
from rules.text import _
from rules.wilson import LEAST_RANKED, Share


def spot_letter(report: SpotReport, head: Head = NO_HEAD, own: Path | None = None) -> bytes:
    """The report as .docx; raises RuleBroken("letter-template")."""
    plain = ("purpose", "township", "number", "method", "frame", "frame_size", "size_how", "redraw")
    words = {
        **{name: getattr(report, name) for name in plain},
        "title": report.title(_("情况报告")),
        "head": head.words,
        "issuer": head.signature(report.township) if head.words else report.township,
        "day": on(report.made_on),
        "results": results(report),
        "replaced": replaced(report),
        "orders": orders(report),
        "basis": paragraphs(report.basis),
        "proof": proof(report),
        "rows": people(report),
        "note": note(report),
    }
    return fill("spot_check", words, own)


def rate(share: Share) -> str:
    """`40.0%（11.8%—76.9%）`, or that there is none."""
    if share.rate is None:
        return _("没有应答，不计算")
    low, high = share.interval()
    return f"{share.rate:.1%}（{low:.1%}—{high:.1%}）"


def results(report: SpotReport) -> list[str]:
    found = report.results
    return [
        _("抽中{n}户，应答{k}户，应答率{rate}。").format(n=found.n, k=found.response.hits, rate=rate(found.response)),
        _("应答的{n}户中，与台账不一致{k}户，不一致率{rate}；反映问题{f}户。括号内为95%威尔逊区间，户数少时区间宽，不宜据此下结论。").format(
            n=found.mismatch.n, k=found.mismatch.hits, rate=rate(found.mismatch), f=found.finding.hits),
        _("各层抽取：{strata}。").format(strata="；".join(_("{name}{frame}个抽{drawn}个").format(name=one.name, frame=one.frame, drawn=one.drawn) for one in report.strata)),
    ]  # fmt: skip


def replaced(report: SpotReport) -> list[str]:
    """Replacements follow the fixed order; each tells its reason, no one by name."""
    gone = [_("第{at}号（{stratum}）{why}，由同层下一户替换。").format(at=one.at, stratum=one.stratum, why=one.replaced) for one in report.picks if one.replaced]
    silent = report.results.n - report.results.response.hits
    return [*gone, _("替换{k}户，未应答（含拒绝回答）{n}户。").format(k=report.results.replaced, n=silent)]


def orders(report: SpotReport) -> list[str]:
    if not report.orders:
        return [_("本次没有需要督办的事项。")]
    said = [_("{number}：{cadre}，{state}{due}。").format(number=one.number, cadre=one.cadre, state=one.state, due=_("，期限{day}").format(day=on(one.due_on)) if one.due_on else "") for one in report.orders]
    return [_("共拟督办单{n}份：").format(n=len(said)), *said]


def proof(report: SpotReport) -> list[str]:
    drawn = f"{local(report.drawn_at):%Y-%m-%d %H:%M}" if report.drawn_at else ""
    lines = (
        (_("名单指纹（SHA-256）"), report.frame_hash), (_("承诺值（SHA-256）"), report.commitment), (_("现场骰子"), report.dice),
        (_("种子"), report.seed), (_("抽取"), f"{drawn} {report.drawn_by}"),
    )  # fmt: skip
    return [f"{name}：{value}" for name, value in lines]


def people(report: SpotReport) -> list[dict[str, str]]:
    found = report.results
    names = found.ranked[::-1] or tuple(found.by_person)
    return [{"name": name, "n": str(found.by_person[name].n), "hits": str(found.by_person[name].hits), "rate": _few(found.by_person[name])} for name in names]


def note(report: SpotReport) -> str:
    if report.results.ranked:
        return _("按不一致率从高到低；相邻两人的区间互不重叠。")
    return _("不排名次：有干部应答不足{n}户，或区间重叠。").format(n=LEAST_RANKED)


def _few(share: Share) -> str:
    return rate(share) if share.n >= LEAST_RANKED else _("不足{n}户，不计算").format(n=LEAST_RANKED)
