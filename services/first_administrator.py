"""The very first start: a township and one security administrator, who opens every other account."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area
from models.access.actor import system
from models.audit import record
from rules.places import AreaLevel
from rules.roles import Role
from services.accounts import open_account
from services.activation import Slip, issue_activation

LOGIN = "anquan"


def first_administrator(session: Session, *, township: str, now: datetime) -> Slip | None:
    """The first security administrator's slip, a fresh one until somebody has activated an account; then None.

    Needs a system session (`models.access.session.working`); the caller commits and prints `public_url + slip.path`.
    """
    if session.scalar(select(Account.id).where(Account.password.is_not(None)).limit(1)) is not None:
        return None
    by = system("首次启动")
    account = session.scalars(select(Account).where(Account.login == LOGIN)).one_or_none()
    if account is None:
        area = _township(session, township, now)
        account = open_account(session, login=LOGIN, role=Role.SECURITY, area=area, by=by, now=now)
    return issue_activation(session, account, by=by, now=now)


def _township(session: Session, name: str, now: datetime) -> Area:
    """The township at the root of the tree, made if it isn't there."""
    area = session.scalars(select(Area).where(Area.level == AreaLevel.TOWNSHIP).order_by(Area.id).limit(1)).first()
    if area is None:
        area = Area(name=name, level=AreaLevel.TOWNSHIP, path="")
        session.add(area)
        session.flush()
        area.path = f"{area.id}/"
        record(session, "areas.registered", area, by=system("首次启动"), now=now)
    return area
