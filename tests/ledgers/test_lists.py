"""What a clerk sees in a list, and what no address can break."""

import datetime as dt

import pytest
from sqlalchemy import event

from tests.ledgers.tables import Shop


@pytest.fixture
def statements(app):
    seen = []
    event.listen(app.db.engine, "before_cursor_execute", lambda c, cur, sql, *rest: seen.append(sql))
    return seen


def test_columns_labels_and_masks_come_from_the_model(clerk):
    page = clerk.get("/admin/shop/").text
    assert all(text in page for text in ("企业名称", "包抓干部", "建档日期", "199****0056", "共 57 条"))
    assert "19900000056" not in page
    assert "证件号" not in page


def test_search_takes_percent_and_underscore_as_letters(clerk):
    assert "共 12 条" in clerk.get("/admin/shop/?search=绿源").text
    assert "没有符合条件的记录" in clerk.get("/admin/shop/?search=%25").text
    assert "没有符合条件的记录" in clerk.get("/admin/shop/?search=_").text


def test_every_word_of_a_search_must_match(clerk):
    assert "共 1 条" in clerk.get("/admin/shop/?search=绿源 样例县").text


def test_a_masked_column_answers_no_search(clerk):
    assert "没有符合条件的记录" in clerk.get("/admin/shop/?search=19900000003").text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("f_sort=farm", 12),
        ("f_village=2", 12),
        ("f_filed_on=2019-01-01~2019-02-28", 2),
        ("f_filed_on=2019-02-07", 1),
        ("f_filed_on=2019-01-01 至 2019-02-28", 2),
        ("f_solved=none", 57),
        ("f_visited_at=2024-07-28", 1),
        ("f_visited_at=2024-07-27", 0),
        ("f_solved=yes", 0),
        ("chip=free", 9),
        ("chip=free&f_sort=farm", 2),
    ],
)
def test_filters_narrow_the_list(clerk, query, count):
    page = clerk.get(f"/admin/shop/?{query}").text
    assert f"共 {count} 条" in page


def test_quick_chips_carry_their_numbers_whatever_is_searched(clerk):
    page = clerk.get("/admin/shop/?search=绿源").text
    assert '全部<span class="chip-count">57' in page
    assert '未包抓<span class="chip-count">9' in page


@pytest.mark.parametrize(
    "query",
    [
        "page=99999999999999999999",
        "page=-1",
        "page=abc",
        "page_size=1000000",
        "page_size=-5",
        "search=%00",
        "search=%ED%A0%80",
        "search=" + "长" * 500,
        "sort=999",
        "sort=id_card",
        "desc=x",
        "chip=none",
        "f_sort=xx",
        "f_village=abc",
        "f_village=99999999999999999999",
        "f_filed_on=9999-12-31",
        "f_visited_at=0001-01-01",
        "f_visited_at=9999-12-31",
        "f_village=2147483648",
        "f_filed_on=yesterday",
        "f_filed_on=0000-00-00~x",
        "f_solved=maybe",
        "f_nothing=1",
    ],
)
def test_no_address_breaks_a_list(clerk, query):
    assert clerk.get(f"/admin/shop/?{query}").status_code == 200


def test_a_condition_that_makes_no_sense_is_said_aloud(clerk):
    assert "“建档日期”的条件看不懂" in clerk.get("/admin/shop/?f_filed_on=yesterday").text


def test_a_page_behind_the_last_shows_the_last(clerk):
    page = clerk.get("/admin/shop/?page=400").text
    assert '<span aria-current="page">3</span>' in page


def test_sorting_is_offered_only_where_an_index_serves(clerk):
    page = clerk.get("/admin/shop/").text
    assert "sort=filed_on" in page
    assert "sort=owner" not in page


def test_sorted_pages_never_repeat_or_lose_a_row(app, clerk):
    for shop in app.db.session.query(Shop):
        shop.filed_on = dt.date(2024, 1, 1)
    app.db.session.commit()
    pages = [clerk.get(f"/admin/shop/?sort=filed_on&page={n}").text for n in range(3)]
    keys = [part.split("&")[0] for page in pages for part in page.split('data-href="/admin/shop/details/?id=')[1:]]
    assert sorted(map(int, keys)) == list(range(1, 58))


def test_a_list_costs_the_same_statements_whatever_its_size(clerk, statements):
    clerk.get("/admin/shop/")
    first = len(statements)
    clerk.get("/admin/shop/?page_size=100&sort=filed_on&search=号")
    assert first == len(statements) - first == 2


def test_counting_stops_at_ten_thousand(app, clerk, monkeypatch):
    monkeypatch.setattr("services.lists.query.MOST_COUNTED", 50)
    assert "超过 50 条" in clerk.get("/admin/shop/").text


def test_an_empty_ledger_says_what_to_do_next(app, clerk):
    app.db.session.query(Shop).delete()
    app.db.session.commit()
    page = clerk.get("/admin/shop/").text
    assert "还没有“企业档案”的记录" in page
    assert "新增一条" in page


def test_find_looks_into_every_ledger(clerk):
    page = clerk.get("/admin/find/?search=绿源").text
    assert "第56号绿源养殖家庭农场" in page
    assert "没有找到“没有这个”" in clerk.get("/admin/find/?search=没有这个").text


def test_details_show_what_a_link_leads_to_and_not_its_number(clerk):
    page = clerk.get("/admin/shop/details/?id=2").text
    assert page.count("所在村</dt>") == 1
    assert "版本" not in page
