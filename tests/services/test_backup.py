"""A copy of the house is made while it works, proven by using it, and becomes a house again on either kind of database."""

import json
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DatabaseError

from models import Event
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.keys import load_keys
from models.vault import unlock
from services.alone import vacant
from services.audit_check import verify
from services.backup import check_copy, make_backup, restore
from services.desk import Desk
from services.schema import plain_engine, revision_of
from settings import ROOT, Settings
from tests.backups import (
    PHRASE,
    PICTURE,
    TOKEN,
    furnished,
    open_devices,
    phones,
    refusal,
    sentence,
    verbs,
)
from tests.homes import NOW, settings_for

LATER = NOW + timedelta(days=1)


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return furnished(app)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "usb"
    made.mkdir()
    return made


@pytest.fixture
def copy(desk: Desk, folder: Path) -> Path:
    return make_backup(desk, folder).path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An empty machine with either kind of database."""
    url = {} if request.param == "sqlite" else {"database_url": request.getfixturevalue("empty_postgres")}
    return settings_for(tmp_path / "bare", **url)


def test_an_empty_machine_becomes_the_house(desk: Desk, copy: Path, bare: Settings) -> None:
    known = phones(desk.engine)
    done = restore(bare, copy, LATER, keys=desk.settings.keys_file)
    engine = plain_engine(bare.database_url)
    unlock(load_keys(bare.keys_file))
    assert phones(engine) == known
    assert (bare.files / TOKEN).read_bytes() == PICTURE
    assert (done.proof.files, done.proof.anchors, done.proof.missing) == (1, 1, ())
    assert done.proof.opened >= len(known)
    assert open_devices(engine) == 0
    chain = verify(engine, bare.home)
    assert (chain.is_sound, chain.anchors) == (True, 1)
    assert chain.events == done.proof.events + 1
    assert revision_of(bare.database_url) == revision_of(desk.settings.database_url)
    assert not list(bare.home.glob("restoring-*"))


def test_the_restored_house_goes_on_counting_and_still_refuses_a_changed_past(
    desk: Desk, copy: Path, bare: Settings
) -> None:
    restore(bare, copy, LATER, keys=desk.settings.keys_file)
    engine = plain_engine(bare.database_url)
    with working(engine, system("测试")) as session:
        record(session, "test.done", "test:1", by=system("测试"), now=LATER)
        session.commit()
        verbs = list(session.scalars(select(Event.verb).order_by(Event.id)))
    assert verbs[-2:] == ["backup.restored", "test.done"]
    for statement in ("UPDATE events SET detail = 'x'", "DELETE FROM events"):
        with pytest.raises(DatabaseError, match="只能追加"), engine.begin() as connection:
            connection.execute(text(statement))


def test_a_copy_of_a_copy_holds_the_same_rows(desk: Desk, copy: Path, bare: Settings, folder: Path) -> None:
    restore(bare, copy, LATER, keys=desk.settings.keys_file)
    again = Desk(plain_engine(bare.database_url), bare, lambda: LATER)
    first, second = check_copy(bare, copy)[0].manifest, make_backup(again, folder / "again").manifest
    assert {**first.rows, "events": first.rows["events"] + 1} == second.rows


def test_the_check_changes_nothing(desk: Desk, copy: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in desk.settings.home.rglob("*")}
    proof = check_copy(desk.settings, copy)[1]
    assert "核对无误" in proof.sentence
    assert {path: path.stat().st_mtime_ns for path in desk.settings.home.rglob("*")} == before


def test_a_copy_taken_among_writers_is_whole(desk: Desk, folder: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            with working(desk.engine, system("测试")) as session:
                record(session, "test.done", f"test:{len(written)}", by=system("测试"), now=NOW)
                session.commit()
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 5:
            assert writer.is_alive()
        made = make_backup(desk, folder)
    finally:
        stop.set()
        writer.join()
    assert made.manifest.event > 5
    assert check_copy(desk.settings, made.path)[1].events == made.manifest.event


def test_a_copy_with_a_passphrase_carries_its_keys_and_shows_nothing(desk: Desk, folder: Path, bare: Settings) -> None:
    made = make_backup(desk, folder, passphrase=PHRASE)
    data = made.path.read_bytes()
    assert not [word for word in ("东岭合作社", "19900000011", "lianxin", "manifest") if word.encode() in data]
    for wrong in ("", "另一句不相干的话也有十几个字"):
        with refusal("backup-passphrase") as refused:
            restore(bare, made.path, LATER, passphrase=wrong)
        assert "口令" in sentence(refused)
    restore(bare, made.path, LATER, passphrase=PHRASE)
    assert phones(plain_engine(bare.database_url))["东岭合作社"] == "19900000011"


def test_no_phone_and_no_key_stands_readable_in_database_or_copy(desk: Desk, copy: Path, folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(copy), str(folder / "out")], check=True)
    held = [path for path in (folder / "out").rglob("*") if path.is_file()]
    held += list(desk.settings.home.glob("lianxin.db*"))
    assert len(held) >= 5
    assert not (folder / "out" / "keys.json").exists()
    key = json.loads(desk.settings.keys_file.read_text())["keys"]["k1"]
    words = [f"199000000{number:02}" for number in range(20)] + [key]
    assert [(path.name, word) for path in held for word in words if word.encode() in path.read_bytes()] == []


def test_a_house_with_people_is_replaced_only_when_told_and_kept_aside(desk: Desk, copy: Path) -> None:
    known = phones(desk.engine)
    with working(desk.engine, system("测试")) as session:
        record(session, "test.late", "test:1", by=system("测试"), now=LATER)
        session.commit()
    with refusal("house-not-empty") as refused:
        restore(desk.settings, copy, LATER)
    assert "--replace" in sentence(refused)
    desk.engine.dispose()
    done = restore(desk.settings, copy, LATER, replace=True)
    assert phones(plain_engine(desk.settings.database_url)) == known
    assert verbs(desk.settings.database_url)[-1] == "backup.restored"
    assert "before" in done.aside
    old = desk.settings.home / "before-restore-20261121_100000"
    assert (old / "keys.json").exists()
    if desk.engine.dialect.name == "sqlite":
        assert verbs(f"sqlite:///{old}/lianxin.db")[-1] == "test.late"
    else:
        assert verbs(kept_in(desk.settings.database_url, "before_restore_20261121_100000"))[-1] == "test.late"


def kept_in(url: str, schema: str) -> str:
    """The address of the same server database, seen through another schema."""
    through = make_url(url).update_query_dict({"options": f"-csearch_path={schema}"})
    return through.render_as_string(hide_password=False)


def test_a_running_house_is_not_restored(desk: Desk, copy: Path) -> None:
    standing = subprocess.Popen(
        [sys.executable, "-c", STANDING, str(desk.settings.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )  # fmt: skip
    try:
        assert standing.stdout.readline() == b"here\n"
        with refusal("house-running") as refused:
            restore(desk.settings, copy, LATER, replace=True)
        assert "正在运行" in sentence(refused)
    finally:
        standing.communicate()
    with vacant(desk.settings.home):
        assert phones(desk.engine)


STANDING = """
import sys; from pathlib import Path; from services.alone import stand_in
stand_in(Path(sys.argv[1])); print("here", flush=True); sys.stdin.read()
"""
