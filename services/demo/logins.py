"""The demonstration's logins: made on the first start, kept beside its database for its owner's eyes only."""

import os
from pathlib import Path

from services.demo.cast import PEOPLE

NAME = "logins.txt"


def keep(home: Path, passwords: dict[str, str]) -> None:
    """Write them where only the starter of the demonstration can read."""
    descriptor = os.open(home / NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf8") as file:
        file.writelines(f"{login} {password}\n" for login, password in passwords.items())


def lines(home: Path) -> list[str]:
    """One line per role: 角色、登录名、密码."""
    kept = dict(line.split() for line in (home / NAME).read_text("utf8").splitlines())
    return [f"  {role.label}\t{login}\t{kept[login]}" for login, role, *_ in PEOPLE if login in kept]
