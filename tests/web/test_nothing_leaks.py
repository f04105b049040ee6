"""Faults and addresses of a scanner: no page breaks, no log repeats a code or a value, no file is open to others."""

import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models import db

HUGE = "9" * 30
PAGES = (
    "/rounds/{n}", "/rounds/{n}/answers", "/rounds/{n}/finish/1", "/rounds/{n}/sheet.xlsx", "/rounds/{n}/slips", "/orders/{n}",
    "/orders/{n}/order.docx", "/sanctions/{n}", "/assignments/{n}", "/rounds/1?village={n}", "/rounds/1/sheet.xlsx?edition={n}",
)  # fmt: skip


@pytest.mark.parametrize("number", [HUGE, "9223372036854775808", "2147483648"])
@pytest.mark.parametrize("who", ["李经办", "王主任"])
def test_a_number_too_long_for_a_key_is_no_fault(office, browse, who, number):
    office.open()
    reader = browse(who)
    assert not [path for path in PAGES if reader.get(path.format(n=number)).status_code >= 500]


@pytest.mark.parametrize("path", ["/imports/{n}", "/imports/doubts/{n}"])
def test_nor_on_the_clerks_own_pages(town, browse, path):
    assert browse("李经办").get(path.format(n=HUGE)).status_code == 404


def test_a_fault_on_the_activation_page_leaves_the_code_out_of_the_log(app, town, caplog, monkeypatch):
    monkeypatch.setitem(app.view_functions, "activation.slip", lambda token: 1 / 0)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.ERROR):
        assert app.test_client().get("/activate/very-secret-code").status_code == 500
    assert "/activate/<token>" in caplog.text
    assert "very-secret-code" not in caplog.text


def test_a_refused_statement_is_told_without_its_values(town):
    with town.work() as session, pytest.raises(OperationalError) as trouble:
        session.connection().execute(
            text("INSERT INTO nowhere VALUES (:a)"), {"a": "19900000011"}, execution_options={"scope_ok": True}
        )
    assert "19900000011" not in str(trouble.value)


def test_the_data_folder_belongs_to_its_user_alone(app, town):
    home = app.config["LIANXIN"].home
    with town.work() as session:
        session.connection()
        made = [path for path in home.iterdir() if path.name.endswith(("-wal", "-shm"))]
    assert made or db.engine.dialect.name != "sqlite"
    (home / "fresh").touch()
    assert (home / "fresh").stat().st_mode & 0o077 == 0
