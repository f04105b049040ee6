"""A number on a list tells no more than its rows: both sides of the scope."""

import pytest


@pytest.mark.parametrize(("who", "n"), [("李经办", 4), ("赵包抓", 3), ("钱包保", 1)])
def test_a_list_counts_only_what_its_reader_sees(browse, who, n) -> None:
    page = browse(who).get("/admin/enterprise/").text
    assert f"共 {n} 条" in page
    assert page.count('<td class="title">') == n


def test_a_list_of_which_nothing_is_visible_counts_nothing(browse) -> None:
    assert "共 0 条" in browse("赵包抓").get("/admin/enterprise/?search=没有这户").text
    assert browse("孙纪检").get("/admin/reviewitem/").status_code == 200
