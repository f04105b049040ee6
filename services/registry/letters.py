"""Who has signed this year's letter and who hasn't: listed, signed with a scan, reminded (SGD-4.3a, HJ-2.1a)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from models import Area, Attachment, Cadre, Client, Letter, Post
from models.access.actor import Actor
from models.audit import record
from rules.clients import ClientKind, ClientState
from rules.errors import RuleBroken
from rules.letters import BY_SHOP, CONTENT, LetterKind, check_letter
from rules.localtime import local_day
from rules.notices import Channel
from rules.places import AreaLevel
from rules.posts import PostKind, Rank
from rules.roles import Role
from rules.text import _
from services.locking import lock
from services.outbox import queue_notice
from services.verbs import verb

MOST_TOLD = 2000


@dataclass(frozen=True)
class Line:
    """One village or shop that should sign; `letter` and the rest are empty while nothing is registered."""

    subject: int
    name: str
    place: str
    holder: str
    cadre_id: int | None
    letter: int | None
    signed_on: date | None
    scan: int | None


@dataclass(frozen=True)
class Ask:
    """Letters of one kind and year below `path`; `state` is "", "unsigned", "signed" or "unscanned"."""

    kind: LetterKind
    year: int
    day: date
    path: str
    state: str = ""


def lines(session: Session, ask: Ask, limit: int, offset: int = 0) -> list[Line]:
    """One page of those who should sign, in the order of the villages."""
    found = _subjects(ask, ask.state)
    return [Line(**row._mapping) for row in session.execute(found.order_by("place", "subject").limit(limit).offset(offset))]


def counts(session: Session, ask: Ask) -> dict[str, int]:
    """How many in each state, in one statement."""
    columns = [select(func.count()).select_from(_subjects(ask, state).subquery()).scalar_subquery() for state in STATES]
    found: Any = session.execute(select(*columns).select_from(Area).limit(1)).one()
    return dict(zip(STATES, found, strict=True))


STATES: dict[str, tuple[str, Any]] = {
    "": (_("全部"), None),
    "unsigned": (_("未签"), or_(Letter.id.is_(None), Letter.signed_on.is_(None))),
    "signed": (_("已签"), Letter.signed_on.is_not(None)),
    "unscanned": (_("没有扫描件"), and_(Letter.signed_on.is_not(None), Letter.attachment_id.is_(None))),
}


def _subjects(ask: Ask, state: str) -> Select[Any]:
    """Villages standing on the day, or places in trade, with their letter and whoever answers for it."""
    holder, secretary = aliased(Cadre), aliased(Cadre)
    of_shop = ask.kind in BY_SHOP
    row: Any = Client if of_shop else Area
    place = Area.name if of_shop else literal("")
    found = select(
        row.id.label("subject"), row.name.label("name"), place.label("place"), func.coalesce(holder.name, secretary.name, "").label("holder"),
        func.coalesce(holder.id, secretary.id).label("cadre_id"), Letter.id.label("letter"), Letter.signed_on.label("signed_on"), Letter.attachment_id.label("scan"),
    ).select_from(row)  # fmt: skip
    found = found.join(Area, Area.id == Client.area_id) if of_shop else found
    whose = Letter.client_id == Client.id if of_shop else and_(Letter.area_id == Area.id, Letter.client_id.is_(None))
    head = and_(Post.area_id == Area.id, Post.kind == PostKind.SECRETARY, Post.rank == Rank.A, Post.until.is_(None))
    found = found.outerjoin(Letter, and_(whose, Letter.kind == ask.kind, Letter.year == ask.year)).outerjoin(holder, holder.id == Letter.cadre_id)
    found = found.outerjoin(Post, head).outerjoin(secretary, secretary.id == Post.cadre_id)
    found = found.where(*_who(ask, of_shop))
    rule = STATES[state][1]
    return found if rule is None else found.where(rule)


def _who(ask: Ask, of_shop: bool) -> tuple[Any, ...]:
    if of_shop:
        return (Client.kind == ClientKind.VENUE, Client.state == ClientState.ACTIVE, Client.area_path.startswith(ask.path, autoescape=True))
    standing = or_(Area.until.is_(None), Area.until >= ask.day)
    return (Area.level == AreaLevel.VILLAGE, standing, Area.path.startswith(ask.path, autoescape=True))


@verb("letter.sign", _("登记签订责任状"), Role.CLERK)
def sign(
    session: Session, subject: Area | Client, kind: LetterKind, year: int, signed_on: date, scan: Attachment | None, *, by: Actor, now: datetime
) -> Letter:
    """The year's letter of a village or shop is signed; a scan may come later. Raises as `rules.letters`."""
    check_letter(year, signed_on, local_day(now))
    if (kind in BY_SHOP) != isinstance(subject, Client):
        raise RuleBroken("letter-whose", _("“三包六禁”责任书按门店签，其他按村签。"))
    lock(session, subject)
    letter = _letter(session, subject, kind, year)
    letter.signed_on = signed_on
    letter.attachment_id = scan.id if scan else letter.attachment_id
    session.flush()
    record(session, "letter.sign", letter, by=by, now=now, detail=f"{subject.name}，{signed_on}签订{'，附扫描件' if scan else ''}")
    return letter


def _letter(session: Session, subject: Area | Client, kind: LetterKind, year: int) -> Letter:
    of_shop = isinstance(subject, Client)
    area = subject.area if isinstance(subject, Client) else subject
    row = Letter(kind=kind, year=year, area=area, client=subject if of_shop else None, content=CONTENT.get(kind, ""))
    with session.no_autoflush:
        row.complete()
        found: Letter | None = session.scalar(select(Letter).where(Letter.slot == row.slot))
        if found is not None:
            return found
        row.cadre = None if of_shop else _secretary(session, area)
    session.add(row)
    return row


def _secretary(session: Session, area: Area) -> Cadre | None:
    post = select(Post.cadre_id).where(Post.area_id == area.id, Post.kind == PostKind.SECRETARY, Post.rank == Rank.A, Post.until.is_(None))
    return session.scalar(select(Cadre).where(Cadre.id.in_(post)))


@verb("letter.remind", _("催签责任状"), Role.CLERK)
def remind(session: Session, area: Area, kind: LetterKind, year: int, *, by: Actor, now: datetime) -> int:
    """Tell each village's secretary that hasn't signed, once a day; how many were told.

    Raises RuleBroken("nobody-to-tell") where no unsigned village has a secretary on record.
    """
    day = local_day(now)
    missing = lines(session, Ask(kind, year, day, area.path, "unsigned"), MOST_TOLD)
    told = [one for one in missing if one.cadre_id is not None]
    if not told:
        raise RuleBroken("nobody-to-tell", _("没有可以催的：都签了，或还没登记村支书（在“岗位任职”里登记后才知道催谁）。"))
    for one in told:
        queue_notice(
            session, key=f"letter:{kind.value}:{year}:{one.subject}:{day}", channel=Channel.INBOX, run_at=now, cadre_id=one.cadre_id,
            subject=_("{name}的{year}年{kind}还没签，请到党政综合办签订").format(name=one.name, year=year, kind=kind.label)[:120],
        )  # fmt: skip
    record(session, "letter.remind", area, by=by, now=now, detail=f"{year}年{kind.label}，{len(told)}份")
    return len(told)
