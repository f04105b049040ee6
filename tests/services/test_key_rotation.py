"""A new key takes over: every sealed text is under it, nobody is signed out, old copies still open."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from models import db
from models.keys import add_key, load_keys
from models.vault import unlock
from services.alone import stand_in
from services.audit_check import verify
from services.backup import check_copy, make_backup
from services.desk import Desk
from services.key_rotation import rotate
from services.schema import plain_engine
from settings import Settings
from tests.backups import furnished, phones, refusal, sentence, verbs
from tests.browse import Browser
from tests.homes import NOW


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return furnished(app)


def marks(settings: Settings) -> set[bytes]:
    """The keys under which phones are sealed."""
    with plain_engine(settings.database_url).connect() as connection:
        found = connection.scalars(text("SELECT phone FROM clients WHERE phone IS NOT NULL"))
        return {bytes(value).partition(b"\0")[0] for value in found}


def test_every_phone_is_sealed_with_the_new_key_and_reads_the_same(desk: Desk) -> None:
    known = phones(desk.engine)
    assert marks(desk.settings) == {b"k1"}
    done = rotate(desk.settings, NOW)
    assert (done.key, done.resumed, marks(desk.settings)) == ("k2", False, {b"k2"})
    assert done.texts >= len(known)
    unlock(load_keys(desk.settings.keys_file))
    assert phones(desk.engine) == known
    assert verbs(desk.settings.database_url)[-1] == "keys.rotated"
    assert verify(desk.engine, desk.settings.home).is_sound
    assert rotate(desk.settings, NOW).key == "k3"


def test_a_change_cut_short_goes_on_without_another_key(desk: Desk) -> None:
    add_key(desk.settings.keys_file)
    assert marks(desk.settings) == {b"k1"}
    done = rotate(desk.settings, NOW)
    assert (done.key, done.resumed, marks(desk.settings)) == ("k2", True, {b"k2"})
    assert set(json.loads(desk.settings.keys_file.read_text())["keys"]) == {"k1", "k2"}


def test_the_key_file_stays_closed_to_others(desk: Desk) -> None:
    rotate(desk.settings, NOW)
    assert desk.settings.keys_file.stat().st_mode & 0o077 == 0


def test_a_house_that_is_served_keeps_its_key(desk: Desk, tmp_path: Path) -> None:
    stand_in(desk.settings.home)
    with refusal("house-running") as refused:
        rotate(desk.settings, NOW)
    assert "正在运行" in sentence(refused)
    assert marks(desk.settings) == {b"k1"}


def test_old_copies_open_with_the_new_file_and_new_ones_too(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    old = make_backup(desk, tmp_path / "usb" / "old.backup").path
    rotate(desk.settings, NOW)
    new = make_backup(desk, tmp_path / "usb" / "new.backup").path
    for copy in (old, new):
        assert "核对无误" in check_copy(desk.settings, copy)[1].sentence


def test_nobody_is_signed_out(app: Flask, desk: Desk) -> None:
    before = Browser(app).sign_in(1, NOW)
    assert before.get("/me/devices").status_code == 200
    cookie = before.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    db.engine.dispose()
    rotate(desk.settings, NOW)
    again = create_app(replace(desk.settings))
    again.testing, again.config["CLOCK"] = True, app.config["CLOCK"]
    after = again.test_client()
    assert after.get("/me/devices").status_code == 303
    after.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie.value)
    assert after.get("/me/devices").status_code == 200
    with again.app_context():
        db.engine.dispose()
