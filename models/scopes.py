"""Who sees which rows: the one page an inspector reads. Roles not named see nothing of that table."""

from typing import Any

from sqlalchemy import bindparam, or_, select

from models.access.policy import ALL, below, in_area, is_me, mine, my_account, my_own_account, rows
from models.account import Account
from models.assignment import Assignment
from models.place import Area

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


def to_me(cls: Any) -> Any:
    return or_(cls.account_id == bindparam("scope_account"), cls.cadre_id == bindparam("scope_cadre"))


def account_in_area(cls: Any) -> Any:
    return cls.area_id.in_(select(Area.id).where(below(Area.path)))


def grant_in_area(cls: Any) -> Any:
    return cls.account_id.in_(select(Account.id))  # narrowed again by the account's own rule


# Dictionaries: names everybody may read.
rows("Area", **everybody(ALL))
rows("Unit", **everybody(ALL))
rows("Policy", **everybody(ALL))
rows("Clause", **everybody(ALL))
rows("Rule", **everybody(ALL))

# People and whom they serve.
rows("Cadre", **office(in_area), security=in_area, cadre=is_me, station=is_me, grid=is_me, mediation=is_me, village=is_me)
rows("Client", **office(in_area), village=in_area, cadre=covered_by_me, station=covered_by_me, grid=covered_by_me)
rows("Assignment", **office(in_area), cadre=mine, station=mine, grid=mine, village=in_area)
rows("ImportBatch", clerk=in_area)
rows("ReviewItem", clerk=in_area, discipline=in_area)
rows("Attachment", **office(in_area))

# Machinery.
rows("Account", security=account_in_area, **dict.fromkeys((*BUSINESS, "system", "audit"), my_own_account))
rows("Grant", security=grant_in_area)
rows("LoginSession", **everybody(my_account))
rows("Notice", **everybody(to_me))
rows("Job", **{role: my_account for role in BUSINESS}, system=ALL)
rows("JobRun", system=ALL)
rows("Event", audit=ALL)
