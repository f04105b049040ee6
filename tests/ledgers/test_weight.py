"""Pages stay light enough for a village's line."""

import gzip
import re

import pytest


def packed(data):
    return len(gzip.compress(data, 6))


def weight(clerk, page, parts):
    """Bytes on the line of the page and everything in it, packed as the front server packs it."""
    total = packed(page.encode())
    for part in parts:
        with clerk.get(part) as answer:
            total += packed(answer.data)
    return total


@pytest.mark.parametrize("url", ["/admin/shop/", "/admin/shop/edit/?id=2", "/admin/"])
def test_a_page_with_all_it_fetches_is_under_150_kilobytes(clerk, url):
    page = clerk.get(url).text
    fetched = {found.split("#")[0] for found in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    assert weight(clerk, page, fetched) <= 150 * 1024


def test_the_sign_in_page_is_under_60_kilobytes(clerk):
    page = clerk.get("/login").text
    fetched = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert weight(clerk, page, fetched) <= 60 * 1024
