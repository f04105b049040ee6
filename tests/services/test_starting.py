"""The house does not open in any of twelve bad configurations, and opens in the good one beside each."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

import services.starting
from app import create_app, main
from models import db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from services.backup import make_backup, restore
from services.backup.placing import UNFINISHED
from services.desk import Desk, standing
from services.doctor import Level, examine
from services.schema import plain_engine
from services.starting import TWELVE, reasons, refuse
from settings import ROOT, Settings
from tasks.queue import huey
from tests.backups import furnished, phones
from tests.homes import NOW, settings_for

FAR = {"host": "0.0.0.0", "public_url": "https://lianxin.example", "proxies": 1, "time_travel": False}
WEAK = json.dumps({"current": "k1", "keys": {"k1": "c2hvcnQ="}})


def lose_keys(house: Settings) -> Settings:
    house.keys_file.rename(house.home / "elsewhere.json")
    return house


def weaken(house: Settings) -> Settings:
    house.keys_file.write_text(WEAK)
    return house


def mode(name: str, bits: int) -> Callable[[Settings], Settings]:
    def change(house: Settings) -> Settings:
        (house.home / name).chmod(bits)
        return house

    return change


def setting(**changes: object) -> Callable[[Settings], Settings]:
    return lambda house: replace(house, **changes)


def switch(value: str) -> Callable[[Settings], Settings]:
    def change(house: Settings) -> Settings:
        pytest.MonkeyPatch().setenv("FLASK_DEBUG", value)
        return house

    return change


def mounted(kind: str) -> Callable[[Settings], Settings]:
    """The machine's own list of disks says so."""

    def change(house: Settings) -> Settings:
        mounts = house.home / "mounts"
        mounts.write_text(f"/dev/vda1 / ext4 rw 0 0\nserver:/data {house.home} {kind} rw 0 0\n")
        services.starting.MOUNTS = mounts
        return house

    return change


def database(url: str) -> Callable[[Settings], Settings]:
    return setting(database_url=f"postgresql+psycopg://{url}")


BOTH_SIDES: list[tuple[str, Callable[[Settings], Settings], Callable[[Settings], Settings]]] = [
    ("keys-lost", lose_keys, lambda house: house),
    ("keys-weak", weaken, lambda house: house),
    ("keys", mode("keys.json", 0o640), mode("keys.json", 0o400)),
    ("home", mode(".", 0o777), mode(".", 0o755)),
    ("debug", switch("1"), switch("0")),
    ("disk", mounted("nfs4"), mounted("ext4")),
    ("disk", mounted("fuse.sshfs"), mounted("xfs")),
    ("door", setting(host="0.0.0.0", time_travel=False), setting(**FAR)),
    ("door", setting(host="0.0.0.0", time_travel=False), setting(host="0.0.0.0", time_travel=False, insecure_http=True)),
    ("proxies", setting(**{**FAR, "proxies": 0}), setting(**FAR)),
    ("queue", setting(redis_url="redis://10.0.0.9:6379/0"), setting(redis_url="redis://:long-words@10.0.0.9:6379/0")),
    ("queue", setting(redis_url="redis://queue:6379/0"), setting(redis_url="redis://127.0.0.1:6379/0")),
    ("time-travel", setting(**{**FAR, "time_travel": True}), setting(**FAR)),
    ("database", database("lianxin:lianxin@db/lianxin"), database("lianxin:EPG7rV-nine-words@db/lianxin")),
    ("database", database("lianxin@10.0.0.8/lianxin"), database("lianxin@/lianxin")),
    ("served", setting(backup_folder=ROOT / "static" / "copies"), setting(backup_folder=ROOT / "var" / "copies")),
]  # fmt: skip


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A house whose chain has begun; whatever a case switches is switched back."""
    monkeypatch.setenv("FLASK_DEBUG", "0")
    monkeypatch.delenv("PYTHONDEVMODE", raising=False)
    monkeypatch.setattr(services.starting, "MOUNTS", services.starting.MOUNTS)
    with working(db.engine, system("测试")) as session:
        record(session, "test.done", "test:1", by=system("测试"), now=NOW)
        session.commit()
    return app.config["LIANXIN"]


def found(house: Settings) -> list[str]:
    return [refusal.check for refusal in TWELVE if refusal.asks(house)]


def test_there_are_twelve_and_each_has_its_two_sides() -> None:
    assert len(TWELVE) == 12
    assert {check for check, _bad, _good in BOTH_SIDES} == {refusal.check for refusal in TWELVE}


@pytest.mark.parametrize(("check", "bad", "good"), BOTH_SIDES)
def test_each_bad_configuration_is_refused_in_doctors_words_and_the_good_one_beside_it_is_not(
    house: Settings, check: str, bad: Callable[[Settings], Settings], good: Callable[[Settings], Settings]
) -> None:
    assert found(good(house)) == []
    spoilt = bad(house)
    assert found(spoilt) == [check]
    assert doctor_says(spoilt, check) == [str(reason) for reason in reasons(spoilt)]


def doctor_says(house: Settings, check: str) -> list[str]:
    examined = examine(Desk(db.engine, house, standing(NOW)))
    return [str(one.says) for one in examined if one.check == check and one.level is Level.BAD]


def test_a_house_without_its_keys_is_not_given_new_ones(house: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    lose_keys(house)
    monkeypatch.setenv("LIANXIN_HOME", str(house.home))
    for words in (["sweep"], ["prepare"], ["audit", "verify"], ["doctor"]):
        told = CliRunner().invoke(main, words)
        assert (told.exit_code, "不要重新生成" in told.output) == (1 if words != ["prepare"] else 78, True), told.output
    assert not house.keys_file.exists()
    (house.home / "elsewhere.json").rename(house.keys_file)
    assert CliRunner().invoke(main, ["sweep"]).exit_code == 0
    huey.storage.close()


def test_an_empty_machine_is_given_keys(tmp_path: Path) -> None:
    new = settings_for(tmp_path / "new")
    refuse(new)
    create_app(new)
    assert new.keys_file.exists()


@pytest.mark.parametrize("command", [["app.py", "web"], ["-m", "tasks.worker"]])
def test_web_and_worker_end_with_the_reasons(tmp_path: Path, command: list[str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = str(free.getsockname()[1])
    names = {"LIANXIN_HOME": str(tmp_path), "LIANXIN_PORT": port, "PATH": "/usr/bin:/bin", "FLASK_DEBUG": "1",
             "LIANXIN_PUBLIC_URL": "https://lianxin.example"}  # fmt: skip
    ended = subprocess.run([sys.executable, *command], cwd=ROOT, env=names, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 78, ended.stderr
    assert [words in ended.stderr for words in ("FLASK_DEBUG", "LIANXIN_PROXIES", "Traceback")] == [True, True, False]
    assert not (tmp_path / "keys.json").exists()


CUT = """
import os, sys
from datetime import datetime
from pathlib import Path
from services.backup import restore
from tests.homes import NOW, settings_for
home, copy = map(Path, sys.argv[1:])
moves = []
def cut(event, found):
    if event == "shutil.move":
        moves.append(found)
        if len(moves) == 5:
            os._exit(9)
sys.addaudithook(cut)
restore(settings_for(home), copy, NOW, replace=True)
"""


def test_a_restore_cut_by_a_power_loss_keeps_the_house_shut_until_it_is_done(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = furnished(app)
    house, known = desk.settings, phones(db.engine)
    copy = make_backup(desk, tmp_path / "kept.backup", passphrase="").path
    keys = tmp_path / "apart.json"
    keys.write_bytes(house.keys_file.read_bytes())
    db.engine.dispose()
    ended = subprocess.run([sys.executable, "-c", CUT, str(house.home), str(copy)], cwd=ROOT, check=False)
    assert ended.returncode == 9
    assert (house.home / UNFINISHED).exists()
    assert "上一次恢复没有做完" in str(reasons(house)[0])
    monkeypatch.setenv("LIANXIN_HOME", str(house.home))
    assert "上一次恢复没有做完" in CliRunner().invoke(main, ["sweep"]).output
    restore(house, copy, NOW, replace=True, keys=keys)
    assert reasons(house) == []
    assert phones(db.engine) == known
    with plain_engine(house.database_url).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM events WHERE verb = 'backup.restored'")) == 1
