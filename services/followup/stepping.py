"""What the steps of a sanction share: whose it is and who decided it."""

from sqlalchemy.orm import Session

from models import Sanction
from models.access.actor import Actor
from rules.errors import NotAllowed
from rules.roles import Role
from rules.text import _
from services.same_person import is_account

OFFICIALS = (Role.CADRE, Role.STATION, Role.VILLAGE, Role.LEADER, Role.CLERK, Role.DISCIPLINE)


def own(row: Sanction, by: Actor) -> None:
    """Raises NotAllowed("not-yours")."""
    if by.cadre_id != row.cadre_id:
        raise NotAllowed("not-yours", _("只有本人可以陈述、申请复核或申诉。"))


def is_decider(session: Session, row: Sanction, by: Actor) -> bool:
    """Whether the same person confirmed it, under whichever account; `session` is a working session.

    Rows decided before accounts were kept know only the name.
    """
    if row.decided_by_id is None:
        return by.name == row.decided_by
    return is_account(session, by, row.decided_by_id)


def not_decider(session: Session, row: Sanction, by: Actor) -> None:
    """Raises NotAllowed("own-decision")."""
    if is_decider(session, row, by):
        raise NotAllowed("own-decision", _("复核、申诉要由作出决定以外的人办理。"))
