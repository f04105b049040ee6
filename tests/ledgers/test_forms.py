"""Forms: nothing guessed, nothing lost, nothing leaked."""

import datetime as dt

import pytest

from tests.ledgers.tables import Officer, Shop, Sort, Village
from tests.ledgers.town import NOW

NEW = {"name": "新开的店", "sort": "shop", "village": "3"}


def shop(app, key=2):
    app.db.session.expire_all()
    return app.db.session.get(Shop, key)


def full(row, **changes):
    """What a browser posts for `row` when only `changes` were typed."""
    now = {
        "name": row.name,
        "sort": row.sort.value,
        "village": row.village_id,
        "officer": row.officer_id or "",
        "owner": row.owner or "",
        "phone": "",
        "id_card": "",
        "address": row.address or "",
        "solved": "",
        "filed_on": row.filed_on or "",
        "visited_at": "",
        "staff": "",
        "turnover": "",
        "note": "",
        "version": row.version,
    }
    return now | changes


def test_nothing_is_chosen_before_somebody_chooses(clerk):
    page = clerk.get("/admin/shop/new/").text
    assert '<option value="" selected>请选择</option>' in page
    assert 'value="coop" selected' not in page


def test_a_new_record_without_village_or_kind_is_refused(app, post):
    page = post("/admin/shop/new/", NEW | {"sort": "", "village": ""}).text
    assert "请选择类别。" in page
    assert "请选择所在村。" in page
    assert 'value="新开的店"' in page
    assert app.db.session.query(Shop).filter_by(name="新开的店").count() == 0


def test_a_complete_record_is_saved_with_its_types(app, post):
    more = {
        "filed_on": "2024-07-28",
        "visited_at": "2024-07-27 16:05",
        "staff": "12",
        "turnover": "80.5",
        "solved": "no",
    }
    assert post("/admin/shop/new/", NEW | more).status_code == 302
    row = app.db.session.query(Shop).filter_by(name="新开的店").one()
    assert (row.sort, row.village_id, row.filed_on, row.staff, row.solved) == (
        Sort.SHOP,
        3,
        dt.date(2024, 7, 28),
        12,
        False,
    )
    assert row.visited_at.astimezone(NOW.tzinfo).hour == 16
    assert (row.note, row.goods) == (None, "")


@pytest.mark.parametrize(("sent", "kept"), [("yes", True), ("no", False), ("", None)])
def test_yes_no_and_not_answered_stay_three_things(app, post, sent, kept):
    post("/admin/shop/edit/?id=2", full(shop(app), solved=sent))
    assert shop(app).solved is kept


def test_saving_without_touching_an_unanswered_question_leaves_it_unanswered(app, post):
    post("/admin/shop/edit/?id=2", full(shop(app), owner="换人"))
    assert (shop(app).owner, shop(app).solved) == ("换人", None)


@pytest.mark.parametrize("officer", ["999", "abc", "99999999999999999999", "-1", "1 or 1=1"])
def test_an_unknown_person_is_an_error_and_never_empties_the_field(app, post, officer):
    page = post("/admin/shop/edit/?id=2", full(shop(app), officer=officer)).text
    assert "所选的包抓干部不存在，或不在您的范围内" in page
    assert shop(app).officer_id == 2


def test_a_field_that_was_not_posted_is_left_alone(app, post):
    sent = full(shop(app), owner="换人")
    del sent["officer"], sent["address"]
    post("/admin/shop/edit/?id=2", sent)
    assert (shop(app).officer_id, shop(app).address) == (2, "东岭村2组")


def test_a_masked_value_is_kept_when_left_blank_and_replaced_when_typed(app, clerk, post):
    assert "199****0001，不改就留空" in clerk.get("/admin/shop/edit/?id=2").text
    assert "19900000001" not in clerk.get("/admin/shop/edit/?id=2").text
    post("/admin/shop/edit/?id=2", full(shop(app)))
    assert shop(app).phone == "19900000001"
    post("/admin/shop/edit/?id=2", full(shop(app), phone="19900000099"))
    assert shop(app).phone == "19900000099"


def test_a_stale_save_is_refused_and_keeps_what_was_typed(app, post):
    mine = full(shop(app), owner="我写的")
    post("/admin/shop/edit/?id=2", full(shop(app), owner="别人写的"))
    page = post("/admin/shop/edit/?id=2", mine).text
    assert "已被别人改过" in page
    assert 'value="我写的"' in page
    assert shop(app).owner == "别人写的"


def test_a_second_save_after_looking_goes_through(app, post):
    mine = full(shop(app), owner="我写的")
    post("/admin/shop/edit/?id=2", full(shop(app), owner="别人写的"))
    assert post("/admin/shop/edit/?id=2", mine | {"version": shop(app).version}).status_code == 302
    assert shop(app).owner == "我写的"


def test_a_broken_rule_is_shown_as_it_stands_and_nothing_is_lost(app, post):
    page = post("/admin/shop/new/", NEW | {"name": "不许", "owner": "赵某"}).text
    assert "名称“不许”不合规，请按营业执照填写。" in page
    assert 'value="赵某"' in page
    assert app.db.session.query(Shop).filter_by(name="不许").count() == 0


def test_a_duplicate_is_refused_in_chinese_with_a_number(app, post, caplog):
    page = post("/admin/village/new/", {"name": "石桥村"}).text
    assert "与已有记录重复" in page
    assert not any(word in page for word in ("IntegrityError", "INSERT", "UNIQUE", "sqlalchemy"))
    number = page.split("错误编号 ")[1][:6]
    assert number in caplog.text


def test_too_long_and_too_big_are_said_at_the_field(post):
    page = post(
        "/admin/shop/new/",
        NEW | {"name": "长" * 41, "staff": "9" * 12, "filed_on": "昨天", "turnover": "NaN"},
    ).text
    assert "最多 40 个字" in page
    assert page.count("数字太大或太小") == 4  # at the field and in the list on top
    assert "日期" in page


def test_without_the_page_token_nothing_is_saved(app, clerk):
    answer = clerk.post("/admin/shop/new/", data=NEW)
    assert answer.status_code == 400
    assert "页面放得太久" in answer.text
    assert app.db.session.query(Shop).filter_by(name="新开的店").count() == 0


def test_state_version_and_key_can_not_be_typed(app, post):
    post("/admin/shop/edit/?id=2", full(shop(app), state="shut", id="77"))
    assert (shop(app).state.value, shop(app).id) == ("open", 2)


@pytest.mark.parametrize(
    "url",
    ["//evil.example", "/\\evil.example", "https://evil.example", "http:evil.example", "javascript:alert(1)"],
)
def test_saving_never_leads_to_another_site(post, url):
    assert post("/admin/village/new/", {"name": "新塬村", "url": url}).location == "/admin/village/"


def test_add_another_leads_to_an_empty_form(post):
    answer = post("/admin/village/new/", {"name": "新塬村", "_add_another": "1"})
    assert answer.location.startswith("/admin/village/new/")


def test_officers_are_found_by_name_and_villages_by_initials(clerk):
    assert clerk.get("/admin/shop/ajax/lookup/?name=officer&query=吴").json == [[5, "吴戊"]]
    assert clerk.get("/admin/shop/ajax/lookup/?name=village&query=dl").json == [[2, "东岭村"]]
    assert clerk.get("/admin/shop/ajax/lookup/?name=nothing").status_code == 404


def test_a_pick_list_is_never_long(app, clerk):
    app.db.session.add_all(Officer(name=f"甲{n}", village=app.db.session.get(Village, 1)) for n in range(30))
    app.db.session.commit()
    assert len(clerk.get("/admin/shop/ajax/lookup/?name=officer&limit=1000").json) == 20
    assert clerk.get("/admin/shop/ajax/lookup/?name=officer&limit=-1&query=%00").status_code == 200


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("turnover", "99999999", ""),
        ("turnover", "100000000", "数字太大或太小"),
        ("turnover", "Infinity", "数字太大或太小"),
        ("staff", "2147483647", ""),
        ("staff", "2147483648", "数字太大或太小"),
        ("filed_on", "1900-01-01", ""),
        ("filed_on", "0024-07-28", "年份不对"),
        ("visited_at", "0001-01-01 00:00", "年份不对"),
    ],
)
def test_numbers_and_dates_stay_where_the_table_can_hold_them(post, name, typed, told):
    answer = post("/admin/shop/new/", NEW | {name: typed})
    assert told in answer.text
    assert answer.status_code == (200 if told else 302)
