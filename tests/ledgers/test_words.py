"""Pages for Chinese readers hold Chinese words; no stock English slips through."""

import re

import pytest

ALLOWED = {"Ctrl", "S", "j", "k", "Excel", "WPS", "CSV", "n"}
PAGES = [
    "/admin/",
    "/admin/shop/",
    "/admin/shop/?search=没有",
    "/admin/shop/?f_filed_on=x",
    "/admin/shop/new/",
    "/admin/shop/edit/?id=2",
    "/admin/shop/details/?id=2",
    "/admin/officer/",
    "/admin/find/?search=绿源",
    "/admin/shop/details/?id=999",
    "/login",
    "/nowhere",
]


def visible(page):
    """The words a person can read or hear on a page."""
    page = re.sub(r"(?s)<(head|script|style|svg)\b.*?</\1>", " ", page)
    spoken = re.findall(r'(?:placeholder|title|aria-label|data-placeholder|data-show|data-hide)="([^"]*)"', page)
    return " ".join([re.sub(r"<[^>]*>", " ", page), *spoken])


def latin(text):
    text = re.sub(r"&\w+;", " ", text)
    return set(re.findall(r"[A-Za-z][A-Za-z']*", text)) - ALLOWED


@pytest.mark.parametrize("url", PAGES)
def test_page_speaks_chinese(clerk, url):
    page = clerk.get(url).text
    assert 'lang="zh-CN"' in page
    assert latin(visible(page)) == set()


def test_refused_forms_speak_chinese(post):
    bad = {
        "name": "",
        "sort": "xx",
        "village": "abc",
        "filed_on": "x",
        "visited_at": "x",
        "staff": "x",
        "turnover": "x",
    }
    assert latin(visible(post("/admin/shop/new/", bad).text)) == set()


def test_flashes_speak_chinese(clerk, post):
    page = post("/admin/village/new/", {"name": "新塬村", "_continue_editing": "1"}, follow_redirects=True).text
    assert "已新增。" in page
    assert latin(visible(page)) == set()


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 429, 500, 503])
def test_every_error_says_what_why_and_what_next(app, code):
    with app.test_request_context("/"):
        page = app.jinja_env.get_template(f"errors/{code}.html")
        text = page.render(app.jinja_env.globals | shell_of(app) | {"code": code, "number": "A1B2C3", "why": ""})
    assert "为什么" in text
    assert "怎么办" in text
    assert latin(visible(text)) == {"A", "B", "C"}


def shell_of(app):
    context = {}
    app.update_template_context(context)
    return context
