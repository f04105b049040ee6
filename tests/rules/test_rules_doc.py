"""docs/rules.md speaks of every kind and prints every parameter as the code has it."""

from pathlib import Path

import pytest

from rules.kinds import KINDS, NAMES, parameter_table, parts

DOC = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_chapter_with_its_parameters(kind):
    assert f"`{kind}`\n" in DOC
    for cls in parts(kind):
        assert parameter_table(cls) in DOC, parameter_table(cls)


def test_all_sixteen_kinds_are_named():
    assert len(NAMES) == 16
    assert set(KINDS) <= set(NAMES)
    assert all(f"`{kind}`" in DOC for kind in NAMES)
