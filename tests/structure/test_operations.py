"""What the township's operator reads is complete: every setting and every command stands in the handbook."""

import re
from dataclasses import fields

from app import main
from settings import ROOT, Settings

BOOK = (ROOT / "docs" / "operations.md").read_text("utf8")
DERIVED = {"demo"}


def test_every_setting_read_from_the_environment_is_in_the_table() -> None:
    source = (ROOT / "settings.py").read_text("utf8")
    names = set(re.findall(r'"((?:LIANXIN_[A-Z_]+)|DATABASE_URL|REDIS_URL)"', source))
    assert len(names) >= len(fields(Settings)) - len(DERIVED)
    assert [name for name in sorted(names) if f"| `{name}` |" not in BOOK] == []


def test_every_command_is_in_the_handbook() -> None:
    assert [name for name in main.commands if f"`{name}" not in BOOK] == []
