"""A copy of another age: of a newer program it is refused, of an older one it is brought up."""

from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import text

from models import db
from services.audit_check import verify
from services.backup import check_copy, make_backup, restore
from services.schema import config_for, head, plain_engine, revision_of
from tests.backups import furnished, phones, refusal, sentence
from tests.homes import NOW, settings_for

LATER = NOW + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "usb"
    made.mkdir()
    return made


def test_a_copy_newer_than_the_program_is_refused(app: Flask, folder: Path, tmp_path: Path) -> None:
    desk, bare = furnished(app), settings_for(tmp_path / "bare")
    with plain_engine(desk.settings.database_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    copy = make_backup(desk, folder).path
    with refusal("newer-database") as refused:
        restore(bare, copy, LATER, keys=desk.settings.keys_file)
    assert "比程序新" in sentence(refused)
    assert not bare.keys_file.exists()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def test_a_copy_older_than_the_program_is_brought_up(
    app: Flask, folder: Path, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    desk, known = furnished(app), phones(db.engine)
    db.engine.dispose()
    command.downgrade(config_for(desk.settings.database_url), "0001")
    copy = make_backup(desk, folder).path
    manifest, proof = check_copy(desk.settings, copy)[0].manifest, check_copy(desk.settings, copy)[1]
    assert (manifest.migration, proof.migration) == ("0001", head())
    assert "posts" not in manifest.rows
    bare = settings_for(tmp_path / "bare", **({} if kind == "sqlite" else {"database_url": request.getfixturevalue("empty_postgres")}))
    restore(bare, copy, LATER, keys=desk.settings.keys_file)
    assert revision_of(bare.database_url) == head()
    assert phones(plain_engine(bare.database_url)) == known
    assert verify(plain_engine(bare.database_url), bare.home).is_sound
