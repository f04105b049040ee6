"""The page without a door shows the columns named here and no other, whatever is added to a table later."""

import ast
from dataclasses import fields

from jinja2 import Environment, meta, nodes

from models import Publication
from services.boards.public import COLUMNS, Line
from tests.structure.sources import ROOT, tree_of

SHOWN = {"board", "colour", "name", "place", "words", "from_on", "until_on"}
ASKED = {"public", "state", "area_path", "id"}  # by which it is chosen and sorted, never shown
PAGE = ROOT / "templates" / "owner" / "boards.html"


def attributes(name: str) -> set[str]:
    """Columns of a model that the service names."""
    tree = tree_of(ROOT / "services" / "boards" / "public.py")
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name}


def test_a_line_is_made_of_redacted_columns_alone():
    assert {one.name for one in fields(Line)} == SHOWN
    assert {(one.class_, one.key) for one in COLUMNS} == {(Publication, name) for name in SHOWN}


def test_the_service_names_no_other_column_and_no_other_table():
    assert attributes("Publication") == (ASKED | {"from_on", "until_on"})
    assert attributes("Area") == {"name", "path", "code"}
    imported = {alias.name for node in tree_of(ROOT / "services" / "boards" / "public.py").body if isinstance(node, ast.ImportFrom) and node.module == "models" for alias in node.names}
    assert imported == {"Area", "Publication"}


def test_the_page_asks_the_service_and_no_model():
    for path in sorted((ROOT / "portal" / "public").glob("*.py")):
        named = [(node.module, alias.name) for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom) for alias in node.names]
        assert [one for one in named if one[0] == "models" and one[1] != "db"] == [], path.name


def test_the_template_knows_a_line_and_the_house_and_nothing_else():
    tree = Environment(autoescape=True).parse(PAGE.read_text("utf-8"))
    assert meta.find_undeclared_variables(tree) == {"wall", "township", "hotline", "_"}
    asked = {(one.node.name, one.attr) for one in tree.find_all(nodes.Getattr) if isinstance(one.node, nodes.Name)}
    assert asked == {("wall", "place"), ("wall", "boards"), ("colour", "value"), ("colour", "label"), *(("one", name) for name in ("name", "place", "words", "from_on", "last_day"))}
