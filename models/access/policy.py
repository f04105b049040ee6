"""Row policy: role × table → which rows. What isn't written here is seen by nobody."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, bindparam, or_

from rules.roles import Role

ALL: Any = object()
Rule = Callable[[Any], Any]
ROWS: dict[str, dict[Role, Any]] = {}


def rows(table: str, **by_role: Any) -> None:
    """Declare who sees which rows of `table` (a class name); keys are role codes."""
    ROWS[table] = {Role(code): rule for code, rule in by_role.items()}  # type: ignore[call-arg]


def below(path: Any) -> Any:
    """Whether a path column lies in the actor's subtree."""
    return and_(path >= bindparam("scope_low"), path < bindparam("scope_high"))


def in_area(cls: Any) -> Any:
    return below(cls.area_path)


def is_me(cls: Any) -> Any:
    return cls.id == bindparam("scope_cadre")


def mine(cls: Any) -> Any:
    return cls.cadre_id == bindparam("scope_cadre")


def my_account(cls: Any) -> Any:
    return cls.account_id == bindparam("scope_account")


def my_own_account(cls: Any) -> Any:
    return cls.id == bindparam("scope_account")


def in_area_not_about_me(cls: Any) -> Any:
    """Somebody in charge who is rated himself never reads what was said of him."""
    return and_(in_area(cls), cls.cadre_id != bindparam("scope_cadre"))


def in_area_or_mine(cls: Any) -> Any:
    return or_(in_area(cls), mine(cls))
