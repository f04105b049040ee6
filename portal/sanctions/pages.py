"""The list, one proposal, and the steps that its state and the reader allow."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models import Sanction, db
from portal.edge.clock import now
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, note_reading, only, seen
from portal.frame.buttons import Button, typed_words, unsaved
from portal.frame.showing import Pager
from portal.sanctions.blueprint import PEOPLE, sanctions
from rules.localtime import local_day
from rules.months import Month
from rules.roles import Role
from rules.sanctions import CONTESTED, FLOW, SanctionState
from rules.text import _
from services.followup import contesting
from services.followup import sanctions as verbs
from services.followup.prolonging import prolong
from services.verbs import may

S = SanctionState
REASON = (_("理由"), _("写明事实和考虑；会告知本人"))
BUTTONS = {
    "confirm": Button("confirm", _("确认"), (("reason", *REASON),), "primary", _("确认这项处理？确认后还要点“告知本人”才生效。")),
    "dismiss": Button("dismiss", _("不予采纳"), (("reason", *REASON),)),
    "notify": Button("notify", _("告知本人"), (), "primary"),
    "reply": Button("reply", _("陈述意见"), (("text", _("本人陈述"), _("您的说明")),), "primary"),
    "ask_review": Button("ask_review", _("申请复核"), (("text", _("复核理由"), _("哪里不符合事实或不合规定")),)),
    "appeal": Button("appeal", _("提出申诉"), (("text", _("申诉理由"), _("哪里不符合事实或不合规定")),)),
    "uphold": Button("uphold", _("维持"), (("remark", _("答复"), _("核查情况和理由")),), "primary"),
    "lift": Button("lift", _("解除"), (("remark", _("理由"), _("为什么解除")),)),
    "prolong": Button("prolong", _("延长办理期限"), (("days", _("延长多少日"), _("案情复杂的可以延长一次，最多30日")), ("reason", _("理由"), _("案情复杂在哪里；会告知本人"))), numbers=("days",)),
}
OF_PERSON = frozenset({"reply", "ask_review", "appeal"})
VERBS: dict[str, Any] = {
    "confirm": verbs.confirm, "dismiss": verbs.dismiss, "notify": verbs.notify, "reply": verbs.reply, "lift": verbs.lift,
    "ask_review": contesting.ask_review, "appeal": contesting.appeal, "uphold": contesting.answer,
    "prolong": prolong,
}  # fmt: skip
NEEDS = {"uphold": "sanction.answer"}


@sanctions.get("/")
@only(*PEOPLE)
def index() -> str:
    """All in scope; the person himself only sees what he has been told."""
    pager = Pager(db.session.scalar(select(func.count(Sanction.id))) or 0)
    found = select(Sanction).options(joinedload(Sanction.cadre)).order_by(Sanction.id.desc())
    rows = db.session.scalars(found.limit(pager.size).offset(pager.offset)).all()
    page = render_template("portal/sanctions/index.html", sanctions=rows, may_propose=may(g.actor, "sanction.propose"), pager=pager, today_is=local_day(now()))
    if any(not is_own(row) for row in rows):
        note_reading("sanctions.listed", "sanctions", f"{len(rows)}项")
    return page


@sanctions.get("/<int:number>")
@only(*PEOPLE)
def show(number: int) -> str:
    row = seen(Sanction, number)
    own, page = is_own(row), render(row)
    if not own:
        note_reading("sanction.read", f"sanctions:{number}")
    return page


@sanctions.post("/<int:number>")
@only(*PEOPLE)
def act(number: int) -> Response | tuple[str, int]:
    """One step; what was typed stays when it is refused."""
    row, move = seen(Sanction, number), request.form.get("move", "")
    if move not in BUTTONS:
        abort(400)
    words: list[Any] = [*typed_words(BUTTONS[move])]
    verb = VERBS[move]
    if move == "uphold" or (move == "lift" and row.state in CONTESTED):
        verb, words = contesting.answer, [move == "uphold", *words]
    if carry_out(verb, row, *words, as_seen=request.form.get("seen", 0, whole)):
        flash(gettext("已办理：%(move)s。", move=gettext(BUTTONS[move].label)), "success")
        return redirect(url_for(".show", number=number))
    return render(seen(Sanction, number)), 409


def is_own(row: Sanction) -> bool:
    return g.actor.cadre_id is not None and g.actor.cadre_id == row.cadre_id


def decided(row: Sanction) -> bool:
    """Whether the reader confirmed it; the verb also knows him under another account."""
    return g.actor.account_id == row.decided_by_id if row.decided_by_id else g.actor.name == row.decided_by


def offered(row: Sanction) -> list[Button]:
    """Steps that the state, the reader's role and his part in it allow."""
    names = {move.name for move in FLOW.allowed(row.state)}
    names = {"uphold" if name == "reject_appeal" else name for name in names}
    if row.state in CONTESTED and decided(row) and not is_own(row):
        names = set()
    if row.state is S.PROPOSED and (row.proposed_by_id == g.actor.account_id if row.proposed_by_id else g.actor.role is not Role.LEADER):
        names = set()  # another decides
    if row.state is S.UNDER_REVIEW and not unanswered(row):
        names -= {"appeal"}
    if row.extended or unanswered(row):
        names -= {"prolong"}
    allowed = [name for name in BUTTONS if name in names and may(g.actor, NEEDS.get(name, f"sanction.{name}"))]
    if row.state in CONTESTED and "lift" in names and may(g.actor, "sanction.answer"):
        allowed = ["uphold", "lift", *(["prolong"] if "prolong" in names else [])]
    return [BUTTONS[name] for name in allowed if (name in OF_PERSON) == is_own(row)]


def unanswered(row: Sanction) -> bool:
    """A review or an appeal past the day to answer."""
    return row.state in CONTESTED and row.answer_until is not None and row.answer_until < local_day(now())


def render(row: Sanction) -> str:
    told = gettext("%(month)s企业满意度测评有不满意评价") if is_own(row) else gettext("%(month)s企业满意度测评有不满意评价（收回%(n)s份）")
    found = [told % {"month": Month.parse(one["month"]).label, "n": one["n"]} for one in row.evidence]
    return render_template(
        "portal/sanctions/show.html", sanction=row, waits=row.state is S.PROPOSED and not is_own(row), contested=row.state in CONTESTED, late=unanswered(row), buttons=offered(row), own=is_own(row), found=[*found, *([row.facts] if row.facts else [])],
        typed=request.form, words=unsaved(BUTTONS), line=line(row),
    )  # fmt: skip


def line(row: Sanction) -> list[tuple[Any, str, str]]:
    """What happened when, oldest first: (instant, what, words)."""
    told = (
        (row.proposed_at, gettext("%(who)s提出", who=row.proposed_by) if row.proposed_by else gettext("系统按规则提出建议"), ""),
        (row.decided_at, gettext("%(who)s作出决定", who=row.decided_by), row.reason),
        (row.notified_at, gettext("告知本人"), ""),
        (row.extended_at, gettext("%(who)s批准延长申诉办理期限%(n)s日", who=row.extended_by, n=row.extended), row.extension_reason),
        (row.ended_at, row.state.label, row.remark),
    )
    return [(moment, what, words) for moment, what, words in told if moment is not None]
