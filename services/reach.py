"""Whose account an administrator may touch: never his own here, never one outside his area."""

from models import Account
from models.access.actor import Actor
from rules.errors import NotAllowed
from rules.text import _


def check_other(account: Account, by: Actor) -> None:
    """Raise NotAllowed for one's own account or one outside the actor's area."""
    if account.id == by.account_id:
        raise NotAllowed("own-account", _("不能在这里办理自己的账号，请由另一名安全管理员办理。"))
    check_within(by, account.area.path)


def check_within(by: Actor, path: str) -> None:
    """Raise NotAllowed when `path` isn't below the actor's area."""
    if not by.is_system and not path.startswith(by.area_path):
        raise NotAllowed("other-area", _("对方不在您的管辖区域内，请联系其所在乡镇的安全管理员。"))
