"""Migrations: one line of numbered steps that ends at the models, both ways, on both kinds of database."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from models import db
from models.words import KEPT, is_table_of_ours
from rules.errors import RuleBroken
from services.schema import bring_up, config_for, keep_copy, plain_engine
from tests.homes import NOW, settings_for


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else request.getfixturevalue("empty_postgres")


def tables(url: str) -> set[str]:
    with plain_engine(url).connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_there_is_one_head_and_the_files_are_numbered() -> None:
    scripts = ScriptDirectory.from_config(config_for(""))
    assert len(scripts.get_heads()) == 1
    numbers = sorted(Path(script.path).name for script in scripts.walk_revisions())
    assert all(re.fullmatch(rf"{n:04}_\w+\.py", name) for n, name in enumerate(numbers, start=1))


def test_the_migrated_database_is_what_the_models_say(url: str) -> None:
    command.upgrade(config_for(url), "head")
    with plain_engine(url).connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_table_of_ours}), db.metadata)
    assert found == []


def test_the_migrated_index_of_words_is_what_the_models_say(url: str, tmp_path: Path) -> None:
    command.upgrade(config_for(url), "head")
    with plain_engine(url).connect() as connection:
        if connection.dialect.name == "sqlite":
            made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name LIKE 'words%'")).scalars().all()
            said = [line for kept in KEPT.values() for line in kept.sqlite() if line.startswith("CREATE")]
            assert set(said) <= set(made)
        else:
            made = connection.execute(text("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'words%'")).scalars().all()
            assert set(made) == {kept.name for kept in KEPT.values()}


def test_every_step_goes_there_and_back(url: str) -> None:
    config = config_for(url)
    command.upgrade(config, "head")
    made = tables(url)
    command.downgrade(config, "base")
    assert tables(url) == set()
    command.upgrade(config, "head")
    assert tables(url) == made


@pytest.mark.parametrize("statement", ["UPDATE events SET detail = 'x'", "DELETE FROM events"])
def test_the_audit_table_refuses_changes_from_the_first_migration_on(url: str, statement: str) -> None:
    command.upgrade(config_for(url), "head")
    engine = plain_engine(url)
    row = "INSERT INTO events (at, \"by\", role, verb, subject, detail, changes, chain, version)"
    with engine.begin() as connection:
        connection.execute(text(f"{row} VALUES ('2026-01-01', 'a', '', 'v', 's', '', '{{}}', 'c', 1)"))
    with pytest.raises(DatabaseError, match="只能追加"), engine.begin() as connection:
        connection.execute(text(statement))


def test_two_starts_at_once_migrate_once(url: str, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "home", database_url=url)
    with ThreadPoolExecutor(2) as pool:
        changed = [pool.submit(bring_up, settings, NOW) for _ in range(2)]
    assert sorted(one.result() for one in changed) == [False, True]


def test_a_database_newer_than_the_program_is_left_alone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    bring_up(settings, NOW)
    with plain_engine(settings.database_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RuleBroken, match="比程序新"):
        bring_up(settings, NOW)


def test_a_copy_that_opens_is_kept_before_an_upgrade(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    bring_up(settings, NOW)
    copy = keep_copy(settings, NOW)
    assert copy is not None
    assert tables(f"sqlite:///{copy}") == tables(settings.database_url)
    assert copy.stat().st_mode & 0o077 == 0
    assert keep_copy(settings, NOW) not in {None, copy}  # the clock stood still: both copies stay
    assert copy.exists()
