"""What is to be done today, for the one who asks: numbers and things to do, without any page's looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, joinedload

from models import Assignment, Order, ReviewItem, Round, Sanction
from models.access.actor import Actor
from rules.importing import Decision
from rules.localtime import local_day
from rules.months import Month
from rules.orders import WITH_CADRE, OrderState
from rules.roles import Role
from rules.rounds import RoundState
from rules.sanctions import CONTESTED, SanctionState
from rules.text import _
from services.boards.waiting import waiting as of_boards
from services.checks import waiting
from services.lists.bounded import counts, shown
from services.rounds.progress import progress

IN_CHARGE = frozenset({Role.LEADER, Role.DISCIPLINE})


@dataclass(frozen=True)
class Tile:
    """One figure; `tone` is ok, bad or empty."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Task:
    """One thing to do; `tone` is bad, warn or info."""

    tag: str
    title: str
    url: str
    note: str = ""
    action: str = ""
    tone: str = "info"


@dataclass(frozen=True)
class Board:
    """One person's first page; administrators have an empty one."""

    subtitle: str = ""
    tiles: tuple[Tile, ...] = ()
    tasks: tuple[Task, ...] = ()


def board(session: Session, actor: Actor, now: datetime) -> Board:
    """The office's day; `session` is the person's own, so that it tells no more than his lists."""
    round_ = session.scalar(select(Round).where(Round.state != RoundState.PLANNED).order_by(Round.month.desc(), Round.id.desc()).limit(1))
    drafts, running, late, replied = _orders(session, actor, now)
    tiles = [
        Tile(_("待签发督办单"), shown(drafts), _("件")),
        Tile(_("在办督办单"), shown(running), _("件"), _("其中已超期{n}件").format(n=shown(late)) if late else "", "bad" if late else ""),
        Tile(_("已答复待核实"), shown(replied), _("件")),
    ]
    tasks: list[Task] = list(_to_prepare(session, now)) if actor.role is Role.CLERK else []
    if late:
        tasks.append(Task(_("超期"), _("{n}件督办单超期未答复").format(n=shown(late)), "/orders/?chip=late", "", _("去处理"), "bad"))
    if actor.role in IN_CHARGE:
        tasks += [*_of_draws(session, actor), *_for_judges(session, actor, drafts, replied, now)]
        tasks += [Task(tag, title, url, "", action, tone) for tag, title, url, action, tone in of_boards(session, actor, now)]
    if round_ is not None:
        tiles, tasks = _with_round(session, round_, actor, now, tiles, tasks)
    return Board(round_.title if round_ else _("还没有开启过测评"), tuple(tiles), tuple(tasks))


def _to_prepare(session: Session, now: datetime) -> Iterator[Task]:
    """Before a round can run: a roster, its doubts settled, the month opened."""
    if session.scalar(select(Assignment.id).where(Assignment.until.is_(None)).limit(1)) is None:
        yield Task(_("第一步"), _("还没有包保名单"), "/imports/new", _("Word、Excel 原样上传即可"), _("去导入"), "warn")
        return
    doubts = session.scalar(select(func.count(ReviewItem.id)).where(ReviewItem.decision == Decision.OPEN))
    if doubts:
        yield Task(_("待核"), _("{n}件名单疑点等您定夺").format(n=doubts), "/admin/reviewitem/?chip=open", "", _("去定夺"), "warn")
    month = Month.of(local_day(now))
    if session.scalar(select(Round.id).where(Round.month == str(month), Round.state != RoundState.PLANNED).limit(1)) is None:
        note = _("到日会自动开启，也可以现在就开")
        yield Task(_("未开启"), _("{month}测评还没有开启").format(month=month.label), "/rounds/", note, _("去开启"))


def urgent(session: Session, actor: Actor) -> list[Order]:
    """The person's own orders that wait for him, most urgent first."""
    waiting = select(Order).where(Order.cadre_id == (actor.cadre_id or -1), Order.state.in_(WITH_CADRE))
    return list(session.scalars(waiting.options(joinedload(Order.cadre)).order_by(Order.due_on, Order.id)))


def _orders(session: Session, actor: Actor, now: datetime) -> tuple[int, int, int, int]:
    """Drafts, running, late, replied in scope, without the reader's own; each counted up to a thousand."""
    running = Order.state.in_(WITH_CADRE)
    asked = (Order.state == OrderState.DRAFT, running, and_(running, Order.due_on < local_day(now)), Order.state == OrderState.REPLIED)
    drafts, doing, late, replied = counts(session, Order, *(and_(one, Order.cadre_id != (actor.cadre_id or -1)) for one in asked))
    return drafts, doing, late, replied


def _for_judges(session: Session, actor: Actor, drafts: int, replied: int, now: datetime) -> list[Task]:
    open_, unanswered = _of_sanctions(session, actor, now)
    found = []
    if drafts:
        found.append(Task(_("待签发"), _("{n}件督办单等您签发").format(n=shown(drafts)), "/orders/?chip=draft", "", _("去签发"), "warn"))
    if unanswered:
        found.append(Task(_("超期"), _("{n}项复核、申诉超期未答复").format(n=unanswered), "/sanctions/", "", _("去答复"), "bad"))
    if open_:
        found.append(Task(_("待决定"), _("{n}项处理建议等您决定").format(n=open_), "/sanctions/", "", _("去办理"), "warn"))
    if replied:
        found.append(Task(_("待核实"), _("{n}件督办单已答复").format(n=shown(replied)), "/orders/?chip=replied", "", _("去核实")))
    return found


def _of_draws(session: Session, actor: Actor) -> Iterator[Task]:
    """Calls and visits that the dice gave the reader, then draws that wait for his next step."""
    for number, purpose, method, n in waiting.to_check(session, actor):
        yield Task(_("待核查"), _("{purpose}：{n}户等您核查").format(purpose=purpose, n=n), f"/checks/draw/{number}", method.label, _("去核查"), "warn")
    for number, code, purpose, state in waiting.to_draw(session, actor):
        yield Task(_("抽查"), f"{purpose}：{waiting.STEPS[state]}", f"/draws/{number}", code, _("去抽取"), "warn")


def _of_sanctions(session: Session, actor: Actor, now: datetime) -> tuple[int, int]:
    """Those that wait for a judge, and how many of them are past the day to answer; not the reader's own."""
    open_states = (SanctionState.PROPOSED, SanctionState.CONFIRMED, *CONTESTED)
    late = and_(Sanction.state.in_(CONTESTED), Sanction.answer_until < local_day(now))
    asked = select(func.count(Sanction.id), func.count(case((late, 1)))).where(Sanction.state.in_(open_states))
    open_, unanswered = session.execute(asked.where(Sanction.cadre_id != (actor.cadre_id or -1))).one()
    return open_, unanswered


def _with_round(
    session: Session, round_: Round, actor: Actor, now: datetime, tiles: list[Tile], tasks: list[Task]
) -> tuple[list[Tile], list[Task]]:
    done = progress(session, round_)
    percent = done.response.percent
    value = Tile(
        _("答卷回收"), f"{done.answered}/{done.asked}", _("份"),
        _("回收率 {p}%").format(p=percent) if percent is not None else "",
    )  # fmt: skip
    if actor.role is Role.CLERK:
        tasks = [*tasks, *_for_clerk(round_, done.silent, now)]
    return [value, *tiles], tasks


def _for_clerk(round_: Round, silent: int, now: datetime) -> list[Task]:
    url = f"/rounds/{round_.id}"
    if round_.state is RoundState.OPEN and silent:
        left = (round_.closes_at - now).days
        tag = _("剩{n}天").format(n=left) if left else _("今天截止")
        return [Task(tag, _("{n}家企业还没评").format(n=silent), f"{url}?chip=silent", round_.title, _("去催"), "info" if left > 2 else "warn")]
    if round_.state in {RoundState.CLOSED, RoundState.CHECKED}:
        return [Task(_("待归档"), _("{round}等您结账").format(round=round_.title), f"{url}/finish/", "", _("月末结账"), "warn")]
    return []
