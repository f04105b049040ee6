"""What is written about the house is true of it today."""

import re

from models import db
from rules.roles import Role
from services.clauses import State, coverage, marked_tests, page
from services.sweeps import SWEEPS
from tasks.queue import huey
from tests.structure.sources import ROOT

DOCS = ROOT / "docs"


def read(name):
    return (DOCS / name).read_text("utf-8")


def test_every_sweep_and_every_alarm_stands_in_the_operators_book():
    book = read("operations.md")
    names = [sweep.name for sweep in SWEEPS] + [name.rpartition(".")[2] for name in huey._registry._registry]
    assert len(names) > 5
    assert [name for name in names if f"`{name}`" not in book] == []


def test_the_page_of_clauses_is_current():
    assert read("clauses.md") == page(coverage(ROOT)), "run bin/lianxin clauses --write"


def test_every_mark_names_a_clause_that_exists():
    known = {one.id for one in coverage(ROOT)}
    assert len(known) == 200
    assert set(marked_tests(ROOT / "tests")) - known == set()


def test_the_main_job_is_shown_by_tests():
    shown = {one.id for one in coverage(ROOT) if one.state is State.SHOWN}
    assert {"QY-2.1a", "QY-2.3b", "QY-2.3d", "SQ-2.3a", "SQ-2.3b"} <= shown


def test_every_table_and_every_role_has_its_word():
    glossary = read("glossary.md")
    words = [mapper.class_.__name__ for mapper in db.Model.registry.mappers] + [role.value for role in Role]
    assert [word for word in words if f"| `{word}` |" not in glossary] == []


def test_decisions_say_context_choice_and_price():
    pages = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in pages]
    assert numbers == list(range(1, len(pages) + 1))
    for path in pages:
        text = path.read_text("utf-8")
        assert [word for word in ("Context", "Choice", "Price") if f"**{word}.**" not in text] == [], path.name
        assert len(text.split()) < 400, path.name


def test_links_between_pages_lead_somewhere():
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"(?<!!)\[[^\]]*\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
