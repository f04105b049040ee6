"""What an operator types, on a house of its own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import main
from services.anchors import FILE
from settings import ROOT
from tasks.queue import huey


@pytest.fixture
def lianxin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("LIANXIN_HOME", str(tmp_path))
    for name in ("DATABASE_URL", "REDIS_URL", "LIANXIN_TIME_TRAVEL"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> Result:
        result = CliRunner().invoke(main, words)
        huey.storage.close()
        return result

    return run


def test_prepare_gives_a_fresh_link_until_somebody_used_one(lianxin: Callable[..., Result]) -> None:
    first, second = lianxin("prepare").output, lianxin("prepare").output
    assert "/activate/" in first
    assert "/activate/" in second
    assert first != second


def test_sweep_tells_what_was_done_and_the_second_time_nothing(lianxin: Callable[..., Result]) -> None:
    lianxin("prepare")
    first = json.loads(lianxin("sweep", "--json").output)
    assert any(name.startswith("anchor ") for name in first["sweeps"])
    assert json.loads(lianxin("sweep", "--json").output)["sweeps"] == {}


def test_a_moment_may_be_given_only_where_time_travel_is_allowed(lianxin: Callable[..., Result], monkeypatch) -> None:
    refused = lianxin("sweep", "--at", "2030-01-01T09:00")
    assert refused.exit_code == 1
    assert "LIANXIN_TIME_TRAVEL" in refused.output
    monkeypatch.setenv("LIANXIN_TIME_TRAVEL", "1")
    assert "anchor 2030-01-01T09" in lianxin("sweep", "--at", "2030-01-01T09:00", "--json").output
    assert "看不懂" in lianxin("sweep", "--at", "明天").output


def test_audit_verify_says_sound_and_where_not(lianxin: Callable[..., Result], tmp_path: Path) -> None:
    lianxin("prepare")
    lianxin("sweep")
    sound = lianxin("audit", "verify", "--json")
    assert (sound.exit_code, json.loads(sound.output)["sound"]) == (0, True)
    (tmp_path / FILE).write_text("{}\n")
    spoiled = lianxin("audit", "verify")
    assert spoiled.exit_code == 1
    assert "第1行" in spoiled.output


def test_doctor_reports_for_people_and_programs(lianxin: Callable[..., Result]) -> None:
    lianxin("prepare")
    assert "后台服务五分钟没有动静" in lianxin("doctor").output
    report = json.loads(lianxin("doctor", "--json").output)
    assert {"check", "level", "says"} == set(report[0])


def test_a_key_file_that_others_can_read_stops_everything(lianxin: Callable[..., Result], tmp_path: Path) -> None:
    lianxin("prepare")
    (tmp_path / "keys.json").chmod(0o644)
    refused = lianxin("sweep")
    assert refused.exit_code != 0
    assert "chmod 600" in str(refused.exception)


def test_every_command_has_a_chinese_line_of_help(lianxin: Callable[..., Result]) -> None:
    for name, command in main.commands.items():
        assert command.help, name
        assert not command.help.isascii(), name


def test_a_new_holiday_table_is_checked_and_loaded_while_the_house_runs(lianxin: Callable[..., Result], tmp_path: Path) -> None:
    lianxin("prepare")
    table = tmp_path / "new" / "holidays.toml"
    table.parent.mkdir()
    shipped = (ROOT / "plans" / "holidays.toml").read_text("utf8")
    table.write_text(shipped + '\n[[local]]\nname = "村庆"\ndays = [2026-12-11]\nbasis = "样例文号"\n', "utf8")
    assert (lianxin("plan", "check", str(table)).exit_code, lianxin("plan", "load", str(table)).exit_code) == (0, 0)
    table.write_text("[[years]]\nyear = 2027\nwork = [31]\n", "utf8")
    for word in ("check", "load"):
        refused = lianxin("plan", word, str(table))
        assert (refused.exit_code, "Traceback" in refused.output, refused.output.isascii()) == (1, False, False)


def test_keys_rotate_tells_what_to_keep(lianxin: Callable[..., Result], tmp_path: Path) -> None:
    lianxin("prepare")
    told = lianxin("keys", "rotate")
    assert told.exit_code == 0
    assert "重新另抄一份" in told.output
    assert json.loads((tmp_path / "keys.json").read_text())["current"] == "k2"
    assert lianxin("sweep").exit_code == 0
