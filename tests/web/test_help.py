"""Each role's handbook opens inside the house, at the part about the page one is on."""

import re
from urllib.parse import unquote

import pytest

from portal.help.books import BOOKS, PLACES, ROOT, book_of, drawn
from rules.roles import Role


@pytest.mark.parametrize(
    ("who", "endpoint", "leads"),
    [
        ("李经办", "rounds.step", "/help/clerk#月末结账五步"),
        ("李经办", "enterprise.index_view", "/help/clerk#台账"),
        ("赵包抓", "orders.show", "/help/cadre#收到督办单"),
        ("吴安全", "grants.listing", "/help/security#批准角色"),
        ("王主任", "orders.show", "/help/leader"),
        ("周系统", "job.index_view", "/help/keepers"),
        ("李经办", "no.such", "/help/clerk"),
        ("李经办", "//elsewhere.invalid", "/help/clerk"),
    ],
)
def test_help_opens_at_the_page_one_is_on(browse, who, endpoint, leads):
    answer = browse(who).get("/help/", query_string={"from": endpoint})
    assert unquote(answer.location) == leads


@pytest.mark.parametrize("book", BOOKS)
def test_every_book_opens_and_has_one_head(browse, book):
    page = browse("李经办").get(f"/help/{book}").text
    assert len(re.findall("<h1", page)) == 1
    assert "<h2 id=" in page


def test_help_is_for_those_who_are_signed_in(app):
    assert app.test_client().get("/help/clerk").status_code in (302, 401)


@pytest.mark.parametrize("book", ["nothing", "..%2Fglossary", "CLERK"])
def test_other_files_are_no_books(browse, book):
    assert browse("李经办").get(f"/help/{book}").status_code == 404


def test_no_other_file_is_a_picture(browse):
    assert browse("李经办").get("/help/pictures/..%2F..%2Fstatic%2Ficon.png").status_code == 404


def test_every_place_is_a_heading_of_its_book():
    for book, places in PLACES.items():
        headings = re.findall("^## (.*)$", (ROOT / "handbook" / f"{book}.md").read_text("utf-8"), re.M)
        assert set(places.values()) - set(headings) == set()


def test_every_page_that_is_explained_exists(app):
    known = {rule.endpoint for rule in app.url_map.iter_rules()} | set(app.blueprints)
    assert {name for places in PLACES.values() for name in places} - known == set()


def test_every_role_has_a_book():
    assert {book_of(role) for role in Role} <= set(BOOKS)
    assert all(len(drawn(book)) > 300 for book in BOOKS)
