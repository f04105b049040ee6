"""Who sees which rows: the one page an inspector reads. Roles not named see nothing of that table."""

from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from models.access.policy import (
    ALL,
    below,
    in_area,
    in_area_not_about_me,
    is_me,
    mine,
    my_account,
    my_own_account,
    rows,
)
from models.account import Account
from models.assignment import Assignment
from models.board import BoardEntry
from models.check import Check, CheckPhoto, Signer
from models.client import Client
from models.draw import Draw
from models.order import Order
from models.pick import Pick
from models.place import Area
from models.post import Post
from models.round import Ballot, Invitation
from models.share import Share
from rules.checks import CheckState
from rules.draws import DrawState
from rules.posts import PostKind

BUSINESS = ("clerk", "leader", "cadre", "station", "village", "grid", "mediation", "discipline")
OFFICE = ("clerk", "leader", "discipline")


def everybody(rule: Any) -> dict[str, Any]:
    return dict.fromkeys((*BUSINESS, "system", "security", "audit"), rule)


def office(rule: Any) -> dict[str, Any]:
    return dict.fromkeys(OFFICE, rule)


def covered_by_me(cls: Any) -> Any:
    """Clients whose open assignment is mine."""
    held = select(Assignment.client_id).where(
        Assignment.cadre_id == bindparam("scope_cadre"), Assignment.until.is_(None)
    )
    return cls.id.in_(held)


def in_my_grid(cls: Any) -> Any:
    """Whom a grid worker covers, and who lives in the grid whose head he is."""
    heads = select(Post.area_id).where(
        Post.cadre_id == bindparam("scope_cadre"), Post.kind == PostKind.GRID_HEAD, Post.until.is_(None)
    )
    return or_(covered_by_me(cls), cls.area_id.in_(heads))


def to_me(cls: Any) -> Any:
    return or_(cls.account_id == bindparam("scope_account"), cls.cadre_id == bindparam("scope_cadre"))


def of_my_clients(cls: Any) -> Any:
    """Rows hung on clients of the area; `Client` is narrowed again by its own rule."""
    return cls.client_id.in_(select(Client.id))


def check_not_about_me(cls: Any) -> Any:
    """Sheets of the area; what was looked at in the reader's own unit or work is not his to read."""
    apart = (or_(cls.cadre_id.is_(None), cls.cadre_id != bindparam("scope_cadre")), or_(cls.unit_id.is_(None), cls.unit_id != bindparam("scope_unit")))
    return and_(in_area(cls), *apart)


def check_named_or_closed(cls: Any) -> Any:
    """A leader reads a sheet on which he is named, one that is closed, and those of draws that he may see."""
    names = Signer.__table__  # the bare table: signers are narrowed by their sheets
    named = cls.id.in_(select(names.c.check_id).where(names.c.account_id == bindparam("scope_account")))
    return and_(check_not_about_me(cls), or_(cls.state == CheckState.CLOSED, named, of_seen_picks(cls)))


def of_seen_picks(cls: Any) -> Any:
    """Rows hung on those drawn; `Pick` is narrowed again by its own rule."""
    return cls.pick_id.in_(select(Pick.id))


def of_seen_checks(cls: Any) -> Any:
    """Rows hung on check sheets; `Check` is narrowed again by its own rule."""
    return cls.check_id.in_(select(Check.id))


def draw_led_or_closed(cls: Any) -> Any:
    """A leader sees the draw he leads, and others when they are closed."""
    return and_(in_area(cls), or_(cls.led_by_id == bindparam("scope_account"), cls.state == DrawState.CLOSED))


def of_seen_draws(cls: Any) -> Any:
    """Those drawn; `Draw` is narrowed again by its own rule, and nobody reads of a check about himself."""
    not_me = or_(cls.cadre_id.is_(None), cls.cadre_id != bindparam("scope_cadre"))
    return and_(cls.draw_id.in_(select(Draw.id)), not_me)


def of_no_hidden_check(cls: Any) -> Any:
    """Pictures of a sheet are seen with it."""
    taken = CheckPhoto.__table__
    return or_(cls.id.not_in(select(taken.c.attachment_id)), cls.id.in_(select(CheckPhoto.attachment_id)))


def not_of_my_rating(cls: Any) -> Any:
    """Pictures of the area without the papers on which somebody rated the reader and without hidden checks."""
    papers = Ballot.__table__  # the bare table: the reader's own narrowing must not hide what is to be left out
    of_me = select(papers.c.attachment_id).where(
        papers.c.cadre_id == bindparam("scope_cadre"), papers.c.attachment_id.is_not(None)
    )
    return and_(in_area(cls), cls.id.not_in(of_me), of_no_hidden_check(cls))


def of_seen_invitations(cls: Any) -> Any:
    """Rows hung on invitations; `Invitation` is narrowed again by its own rule."""
    return cls.invitation_id.in_(select(Invitation.id))


def of_seen_orders(cls: Any) -> Any:
    """Rows hung on orders; `Order` is narrowed again by its own rule."""
    return cls.order_id.in_(select(Order.id))


def mine_and_issued(cls: Any) -> Any:
    """An order reaches the person, and who shares it, when it is issued, not while it is drafted."""
    named = Share.__table__  # the bare table: shares are narrowed by their orders
    shared = cls.id.in_(select(named.c.order_id).where(named.c.cadre_id == bindparam("scope_cadre")))
    return and_(or_(mine(cls), shared), cls.issued_at.is_not(None))


def in_area_or_issued_to_me(cls: Any) -> Any:
    """Of the area; what concerns the reader himself reaches him like everybody else, not while it is drafted."""
    return or_(in_area_not_about_me(cls), mine_and_issued(cls))


def in_area_or_told_to_me(cls: Any) -> Any:
    return or_(in_area_not_about_me(cls), mine_and_told(cls))


def mine_and_told(cls: Any) -> Any:
    """A sanction is seen by the person from the moment he is told."""
    return and_(mine(cls), cls.notified_at.is_not(None))


def entry_not_about_me(cls: Any) -> Any:
    """As of check sheets, and nothing about the reader's own clients; what is about himself reaches him when he is told."""
    held = Assignment.__table__  # the bare table: the reader's own narrowing must not hide what is to be left out
    covered = select(held.c.client_id).where(held.c.cadre_id == bindparam("scope_cadre"), held.c.until.is_(None))
    return or_(and_(check_not_about_me(cls), or_(cls.client_id.is_(None), cls.client_id.not_in(covered))), mine_when_told(cls))


def mine_when_told(cls: Any) -> Any:
    """An entry is seen by the person from the moment he is told."""
    return and_(mine(cls), cls.told_at.is_not(None))


def told_or_offered_by_me(cls: Any) -> Any:
    """A village reads what it put forward itself, and whoever there is told of his own."""
    return or_(mine_when_told(cls), and_(cls.proposed_by_id == bindparam("scope_account"), or_(cls.cadre_id.is_(None), cls.cadre_id != bindparam("scope_cadre"))))


def of_seen_entries(cls: Any) -> Any:
    """What is shown of entries; `BoardEntry` is narrowed again by its own rule."""
    return cls.entry_id.in_(select(BoardEntry.id))


def account_in_area(cls: Any) -> Any:
    return cls.area_id.in_(select(Area.id).where(below(Area.path)))


def grant_in_area(cls: Any) -> Any:
    return cls.account_id.in_(select(Account.id))  # narrowed again by the account's own rule


# Dictionaries: names everybody may read.
rows("Area", **everybody(ALL))
rows("Unit", **everybody(ALL))
rows("PlanFile", **everybody(ALL))
rows("Policy", **everybody(ALL))
rows("Clause", **everybody(ALL))
rows("Rule", **everybody(ALL))

# People and whom they serve.
rows("Cadre", **office(in_area), security=in_area, cadre=is_me, station=is_me, grid=is_me, mediation=is_me, village=is_me)
rows("Client", **office(in_area), village=in_area, cadre=covered_by_me, station=covered_by_me, grid=in_my_grid)
rows("Contact", **office(of_my_clients), **dict.fromkeys(("village", "cadre", "station", "grid"), of_my_clients))
rows("Assignment", **office(in_area), cadre=mine, station=mine, grid=mine, village=in_area)
rows("Post", **office(in_area), village=in_area, cadre=mine, station=mine, grid=mine, mediation=mine)
rows("Team", **dict.fromkeys(BUSINESS, in_area))
rows("Seat", **office(in_area), cadre=mine, station=mine, village=mine, grid=mine, mediation=mine)
rows("Charge", **office(in_area), village=in_area, cadre=mine, station=mine, grid=mine)
rows("Letter", **office(in_area), village=in_area, cadre=mine)
rows("AreaChange", **everybody(ALL))
rows("Double", clerk=in_area)
rows("ImportBatch", clerk=in_area)
rows("ReviewItem", clerk=in_area, discipline=in_area)
rows("Attachment", **office(not_of_my_rating))

# The monthly round. Who answered what: the discipline office, and the leader in charge unless it is about him.
rows("Round", **office(in_area))
rows("Invitation", **office(in_area_not_about_me))
rows("Plate", clerk=of_my_clients, discipline=of_my_clients)
rows("Ballot", discipline=in_area_not_about_me, leader=in_area_not_about_me)
rows("Signal", discipline=of_seen_invitations)
rows("Snapshot", **office(in_area))
rows("Result", **office(in_area_not_about_me))
rows("Order", **office(in_area_or_issued_to_me), **dict.fromkeys(("cadre", "station", "village", "grid", "mediation"), mine_and_issued))
rows("Share", **dict.fromkeys((*OFFICE, "cadre", "station", "village", "grid", "mediation"), of_seen_orders))
rows("Extension", **dict.fromkeys((*OFFICE, "cadre", "station", "village", "grid", "mediation"), of_seen_orders))
rows(
    "Sanction", discipline=in_area_or_told_to_me, leader=in_area_or_told_to_me,
    **dict.fromkeys(("clerk", "cadre", "station", "village", "grid", "mediation"), mine_and_told),
)

# Red and black boards: those in charge, except whom it concerns; the person himself once he is told.
rows(
    "BoardEntry", discipline=entry_not_about_me, leader=entry_not_about_me,
    **dict.fromkeys(("clerk", "cadre", "station", "grid", "mediation"), mine_when_told), village=told_or_offered_by_me,
)
rows("Publication", discipline=of_seen_entries, leader=of_seen_entries)

# Check sheets: nobody but the discipline office and the inspectors named knows of one before it is closed.
rows("Check", discipline=check_not_about_me, leader=check_named_or_closed)
rows("Signer", discipline=of_seen_checks, leader=of_seen_checks)
rows("CheckPhoto", discipline=of_seen_checks, leader=of_seen_checks)

# Draws: the discipline office, and the leader whose own draw it is; everybody else learns of orders only.
rows("Draw", discipline=in_area, leader=draw_led_or_closed)
rows("Pick", discipline=of_seen_draws, leader=of_seen_draws)
rows("Recusal", discipline=in_area)
rows("Call", discipline=of_seen_picks, leader=of_seen_picks)

# What left the house: each his own, the discipline office its area's, the auditor everybody's.
rows("Intake", **{**dict.fromkeys(BUSINESS, my_account), "clerk": in_area, "discipline": in_area, "audit": ALL})
rows("Export", **{**dict.fromkeys(BUSINESS, my_account), "discipline": in_area, "audit": ALL})

# Machinery.
rows("Account", security=account_in_area, **dict.fromkeys((*BUSINESS, "system", "audit"), my_own_account))
rows("Grant", security=grant_in_area)
rows("LoginSession", **everybody(my_account))
rows("Notice", **everybody(to_me))
rows("Job", **dict.fromkeys(BUSINESS, my_account), system=ALL)
rows("JobRun", system=ALL)
rows("Event", audit=ALL)
