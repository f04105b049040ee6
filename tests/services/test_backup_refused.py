"""Whatever is wrong with a copy, its keys, the disk or the machine: a sentence, and nothing changed."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from models.keys import KeyRing, load_keys
from rules.errors import RuleBroken
from services.backup import check_copy, make_backup, restore
from services.backup.making import MADE
from services.backup.names import copies_in, drop_old, name_at, parse_keep
from services.backup.placing import UNFINISHED
from services.schema import plain_engine
from settings import ROOT
from tests.backups import PHRASE, TOKEN, cut, flip, furnished, phones, refusal, rewritten, sentence, verbs
from tests.homes import NOW, settings_for

LATER = NOW + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "usb"
    made.mkdir()
    return made


@pytest.mark.parametrize("passphrase", ["", PHRASE])
@pytest.mark.parametrize("spoil", [flip, cut])
@pytest.mark.parametrize("place", [0.02, 0.5, 0.97])
def test_a_spoiled_copy_is_refused_and_nothing_changes(
    app: Flask, folder: Path, tmp_path: Path, passphrase: str, spoil: Callable[[Path, float], None], place: float
) -> None:
    desk = furnished(app)
    copy = make_backup(desk, folder, passphrase=passphrase).path
    spoil(copy, place)
    with pytest.raises(RuleBroken) as refused:
        restore(settings_for(tmp_path / "bare"), copy, LATER, passphrase=passphrase, keys=desk.settings.keys_file)
    assert refused.value.code in {"not-a-backup", "backup-damaged", "backup-passphrase"}
    assert sentence(refused)
    assert list((tmp_path / "bare").iterdir()) == [tmp_path / "bare" / "standing.lock"]


def garbage(copy: Path, ring: KeyRing) -> None:
    copy.write_bytes(os.urandom(5000))


def emptied(copy: Path, ring: KeyRing) -> None:
    copy.write_bytes(b"")


def gone(copy: Path, ring: KeyRing) -> None:
    copy.unlink()


def another_database(members: dict[str, bytes]) -> None:
    members["database.sqlite"] = b"SQLite format 3\0" + members["database.sqlite"][16:-1] + b"?"


def a_way_out_of_the_folder(members: dict[str, bytes]) -> None:
    members["files/../../../evil"] = b"x"


def a_bomb(members: dict[str, bytes]) -> None:
    members["anchors.log"] = b"{}\n"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (garbage, "not-a-backup"),
        (emptied, "not-a-backup"),
        (gone, "no-backup"),
        (lambda copy, ring: rewritten(copy, another_database), "backup-damaged"),
        (lambda copy, ring: rewritten(copy, a_way_out_of_the_folder, ring), "not-a-backup"),
        (lambda copy, ring: rewritten(copy, a_bomb, ring), "backup-chain"),
        (lambda copy, ring: rewritten(copy, changed("UPDATE accounts SET login = 'x' WHERE id = 1")), "backup-damaged"),
        (lambda copy, ring: rewritten(copy, changed("DELETE FROM accounts"), ring), "backup-damaged"),
        (lambda copy, ring: rewritten(copy, changed("UPDATE events SET detail = 'x' WHERE id = 1"), ring), "backup-chain"),
        (lambda copy, ring: rewritten(copy, changed("UPDATE clients SET phone = x'00' WHERE id = 1"), ring), "backup-damaged"),
        (lambda copy, ring: rewritten(copy, changed(SWAPPED), ring), "backup-damaged"),
        (lambda copy, ring: rewritten(copy, another_picture, ring), "backup-damaged"),
    ],
)  # fmt: skip
def test_a_forged_copy_is_refused_whoever_forged_it(
    app: Flask, folder: Path, tmp_path: Path, spoil: Callable[[Path, KeyRing], None], code: str
) -> None:
    desk = furnished(app)
    copy = make_backup(desk, folder).path
    spoil(copy, load_keys(desk.settings.keys_file))
    with pytest.raises(RuleBroken) as refused:
        restore(settings_for(tmp_path / "bare"), copy, LATER, keys=desk.settings.keys_file)
    assert (refused.value.code, bool(sentence(refused))) == (code, True)
    assert [path.name for path in (tmp_path / "bare").iterdir()] == ["standing.lock"]


SWAPPED = "UPDATE clients SET phone = (SELECT phone FROM clients c WHERE c.id = 2) WHERE id = 1"


def changed(statement: str) -> Callable[[dict[str, bytes]], None]:
    """A database whose rows somebody changed with its guards off."""

    def change(members: dict[str, bytes]) -> None:
        path = Path(os.environ["PYTEST_TMP"]) / "changed.db"
        path.write_bytes(members["database.sqlite"])
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER IF EXISTS events_no_update")
            connection.execute(statement)
        members["database.sqlite"] = path.read_bytes()

    return change


def another_picture(members: dict[str, bytes]) -> None:
    members[f"files/{TOKEN}"] = b"another picture"


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))


def test_the_keys_must_be_there_and_be_the_houses(app: Flask, folder: Path, tmp_path: Path) -> None:
    desk, bare = furnished(app), settings_for(tmp_path / "bare")
    copy = make_backup(desk, folder).path
    for keys in (None, folder / "nowhere.json"):
        with refusal("backup-keys") as refused:
            restore(bare, copy, LATER, keys=keys)
        assert "keys.json" in sentence(refused)
    load_keys(folder / "other.json")
    with refusal("backup-keys") as refused:
        restore(bare, copy, LATER, keys=folder / "other.json")
    assert "不是这份备份的" in sentence(refused)
    (folder / "other.json").write_text("{}")
    with refusal("backup-keys"):
        restore(bare, copy, LATER, keys=folder / "other.json")
    assert not bare.keys_file.exists()


def test_a_key_file_on_a_stick_that_everybody_can_read_still_serves(app: Flask, folder: Path, tmp_path: Path) -> None:
    desk = furnished(app)
    copy = make_backup(desk, folder).path
    (folder / "keys.json").write_bytes(desk.settings.keys_file.read_bytes())
    (folder / "keys.json").chmod(0o777)
    restore(settings_for(tmp_path / "bare"), copy, LATER, keys=folder / "keys.json")
    assert (tmp_path / "bare" / "keys.json").stat().st_mode & 0o077 == 0


@pytest.mark.servers
def test_a_server_that_somebody_uses_is_left_alone(
    app: Flask, folder: Path, tmp_path: Path, empty_postgres: str
) -> None:
    desk = furnished(app)
    copy = make_backup(desk, folder).path
    bare = settings_for(tmp_path / "bare", database_url=empty_postgres)
    with plain_engine(empty_postgres).connect() as connection:
        connection.execute(text("SELECT 1"))
        with refusal("house-running"):
            restore(bare, copy, LATER, keys=desk.settings.keys_file)
        found = connection.scalars(text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'restoring%'"))
        assert list(found) == []
    assert not bare.keys_file.exists()


def test_a_full_or_closed_disk_leaves_the_old_copy_and_no_half_one(app: Flask, folder: Path, monkeypatch) -> None:
    desk = furnished(app)
    kept = make_backup(desk, folder / "mine.backup").path.read_bytes()
    with refusal("backup-unwritable") as refused:
        make_backup(desk, folder / "none" / "x.backup")
    assert "是否存在" in sentence(refused)
    with refusal("passphrase-short"):
        make_backup(desk, folder, passphrase="短")
    limited = [sys.executable, "-c", FULL, str(desk.settings.home), str(folder / "mine.backup")]
    out = subprocess.run(limited, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "backup-no-room" in out.stdout, out.stderr
    assert [path.name for path in folder.iterdir()] == ["mine.backup"]
    assert (folder / "mine.backup").read_bytes() == kept


FULL = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from models import db
from rules.errors import RuleBroken
from services.backup import make_backup
from tasks.base import bare_app
from tasks.desk import desk_of
from tests.homes import settings_for
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
app = bare_app(settings_for(Path(sys.argv[1])))
with app.app_context():
    desk = desk_of(app.config["LIANXIN"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        make_backup(desk, Path(sys.argv[2]))
    except RuleBroken as refused:
        print(refused.code, refused)
"""


def test_a_leftover_of_a_cut_copy_is_swept_away_by_the_next(app: Flask, folder: Path) -> None:
    desk = furnished(app)
    (folder / ".lianxin-1.partial").mkdir()
    made = make_backup(desk, folder)
    assert [path.name for path in folder.iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o077 == 0
    assert verbs(desk.settings.database_url)[-1] == MADE


def test_a_file_that_was_lost_before_is_told_but_stops_nothing(app: Flask, folder: Path) -> None:
    desk = furnished(app)
    (desk.settings.files / TOKEN).unlink()
    made = make_backup(desk, folder)
    assert made.manifest.missing == [TOKEN]
    assert "缺失" in check_copy(desk.settings, made.path)[1].sentence


def test_a_power_cut_between_the_moves_is_seen_and_mended_by_restoring_again(
    app: Flask, folder: Path, tmp_path: Path, monkeypatch
) -> None:
    desk, bare = furnished(app), settings_for(tmp_path / "bare")
    copy = make_backup(desk, folder).path
    bare.home.mkdir()
    (bare.home / UNFINISHED).write_text("")
    restore(bare, copy, LATER, keys=desk.settings.keys_file)
    assert not (bare.home / UNFINISHED).exists()
    assert phones(plain_engine(bare.database_url))


def test_old_copies_go_but_the_newest_three_stay(folder: Path) -> None:
    days = [100, 90, 80, 70, 36, 34, 1]
    for back in days:
        (folder / name_at(NOW - timedelta(days=back))).touch()
    (folder / "别人的.backup").touch()
    assert len(drop_old(folder, NOW, timedelta(days=35))) == 4
    assert drop_old(folder, NOW + timedelta(days=400), timedelta(days=35)) == []
    assert len(copies_in(folder)) == 3
    assert parse_keep("35d") == timedelta(days=35)
    with refusal("keep-unclear"):
        parse_keep("明天")
