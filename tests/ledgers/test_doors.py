"""Who gets in where: closed by default, and stock back doors are gone."""

import pytest

from tests.ledgers import town
from tests.ledgers.tables import Shop

PAGES = [
    "/admin/shop/",
    "/admin/shop/new/",
    "/admin/shop/edit/?id=2",
    "/admin/shop/details/?id=2",
    "/admin/shop/ajax/lookup/?name=village",
    "/admin/",
    "/admin/find/",
]


@pytest.mark.parametrize("url", PAGES)
def test_nobody_gets_in_without_a_name(app, url):
    assert app.test_client().get(url).status_code == 401


@pytest.mark.parametrize("url", PAGES[:5])
def test_a_person_without_the_right_is_told_so_in_chinese(guest, url):
    answer = guest.get(url)
    assert answer.status_code == 403
    assert "您没有这项权限" in answer.text


def test_a_menu_shows_only_what_is_allowed(guest, clerk):
    assert "企业档案" not in guest.get("/admin/").text
    assert "企业档案" in clerk.get("/admin/").text


@pytest.mark.parametrize("key", ["999", "abc", "-1", "", "%00", "99999999999999999999", "2147483648", "2,3", "１"])
def test_a_record_that_is_not_there_is_not_found(clerk, key):
    assert clerk.get(f"/admin/shop/details/?id={key}").status_code == 404
    assert clerk.get(f"/admin/shop/edit/?id={key}").status_code == 404


@pytest.mark.parametrize("path", ["delete/", "ajax/update/"])
def test_stock_back_doors_are_closed(app, post, path):
    assert post(f"/admin/shop/{path}", {"id": "2", "list_form_pk": "2", "owner": "x"}).status_code == 404
    assert app.db.session.get(Shop, 2) is not None


def test_stock_assets_are_not_served(clerk):
    assert clerk.get("/admin/static/vendor/jquery.min.js").status_code == 404


@pytest.mark.parametrize("action", ["delete", "nothing", ""])
def test_bulk_delete_does_not_exist(app, post, action):
    post("/admin/shop/action/", {"action": action, "rowid": ["2", "3"]})
    assert app.db.session.query(Shop).count() == 57


def test_a_bulk_action_gets_rows_that_exist_and_nothing_else(post):
    town.TOLD.clear()
    post("/admin/shop/action/", {"action": "remind", "rowid": ["2", "999", "abc", "3"]})
    assert town.TOLD == [[2, 3]]


def test_an_error_inside_a_page_is_not_hidden_behind_another(app, clerk, monkeypatch):
    def broken(*args, **kwargs):
        raise TypeError("the true cause")

    monkeypatch.setattr("admin.pages.page_of", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = clerk.get("/admin/shop/")
    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "the true cause" not in answer.text


def test_a_move_needs_its_reason_and_keeps_what_was_typed(app, post):
    page = post("/admin/shop/moves/", {"id": "2", "move": "shut", "version": "1"}).text
    assert "请填写停业理由。" in page
    assert post("/admin/shop/moves/", {"id": "2", "move": "shut", "version": "1", "reason": "转行"}).status_code == 302
    app.db.session.expire_all()
    assert app.db.session.get(Shop, 2).state.value == "shut"


def test_a_move_on_an_old_page_is_refused(app, post):
    post("/admin/shop/moves/", {"id": "2", "move": "shut", "version": "1", "reason": "转行"})
    page = post("/admin/shop/moves/", {"id": "2", "move": "reopen", "version": "1", "reason": "我的理由"}).text
    assert "刚被别人改过" in page
    assert "我的理由" in page


def test_a_move_that_the_state_does_not_allow_is_refused_in_words(post):
    page = post("/admin/shop/moves/", {"id": "2", "move": "reopen", "version": "1"}).text
    assert "当前为“在营”，不能“复业”。" in page


def test_details_offer_one_button_per_allowed_move(clerk):
    page = clerk.get("/admin/shop/details/?id=2").text
    assert 'value="shut"' in page
    assert 'value="reopen"' not in page
    assert "620***********0001" in page
