"""The actor behind an account: whoever asks, a page or a job, with the bounds of his scope."""

from models import Account
from models.access.actor import Actor


def actor_of(account: Account) -> Actor:
    """The person behind an account, with the bounds of his scope."""
    cadre = account.cadre
    return Actor(
        name=account.person,
        role=account.role,
        account_id=account.id,
        cadre_id=account.cadre_id,
        unit_id=cadre.unit_id if cadre else None,
        area_path=account.area.path,
    )
