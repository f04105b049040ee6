"""The screens stay inside whatever the session is narrowed to."""

import pytest
from flask import g
from sqlalchemy import event
from sqlalchemy.orm import Session, with_loader_criteria

from tests.ledgers.tables import Officer, Shop
from tests.ledgers.test_forms import full


def mine_only(state):
    """A stand-in for the scope policy: this person sees shops and officers of village 2."""
    assert state.is_orm_statement
    if g.get("actor"):
        state.statement = state.statement.options(
            with_loader_criteria(Shop, lambda cls: cls.village_id == 2, include_aliases=True),
            with_loader_criteria(Officer, lambda cls: cls.village_id == 2, include_aliases=True),
        )


@pytest.fixture(autouse=True)
def narrowed(app):
    event.listen(Session, "do_orm_execute", mine_only)
    yield
    event.remove(Session, "do_orm_execute", mine_only)


def test_rows_total_and_chips_agree(clerk):
    page = clerk.get("/admin/shop/?page_size=100").text
    assert "共 12 条" in page
    assert page.count('class="title"') == 12
    assert '全部<span class="chip-count">12' in page


@pytest.mark.parametrize("path", ["details", "edit"])
def test_a_foreign_row_is_not_found(clerk, path):
    assert clerk.get(f"/admin/shop/{path}/?id=1").status_code == 404
    assert clerk.get(f"/admin/shop/{path}/?id=2").status_code == 200


def test_moves_and_bulk_actions_do_not_reach_a_foreign_row(post):
    assert post("/admin/shop/moves/", {"id": "1", "move": "shut", "reason": "x"}).status_code == 404


def test_pick_lists_exports_and_find_stay_inside(clerk, post):
    assert clerk.get("/admin/shop/ajax/lookup/?name=officer").json == [[2, "周丁"]]
    text = post("/admin/shop/export/csv/").data.decode("utf-8-sig")
    assert "绿源" in text
    assert "丰禾" not in text
    assert "没有找到“丰禾”" in clerk.get("/admin/find/?search=丰禾").text


def test_a_forged_foreign_person_is_refused(app, post):
    row = app.db.session.get(Shop, 2)
    page = post("/admin/shop/edit/?id=2", full(row, officer="1")).text
    assert "不在您的范围内" in page


def test_an_unseen_far_end_is_left_as_it_is(app, clerk, post):
    row = app.db.session.get(Shop, 2)
    row.officer_id = 1
    app.db.session.commit()
    sent = full(row, owner="换人", officer="")
    app.db.session.remove()
    assert 'name="officer"' not in clerk.get("/admin/shop/edit/?id=2").text
    assert post("/admin/shop/edit/?id=2", sent).status_code == 302
    row = app.db.session.get(Shop, 2)
    assert (row.owner, row.officer_id) == ("换人", 1)
