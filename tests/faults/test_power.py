"""The power goes at any moment: what was acknowledged is on the disk, the file is whole, and the control run does lose."""

import shutil
from pathlib import Path

import pytest

from services.audit_check import verify
from services.schema import plain_engine
from tests.faults.power import found_in, images, record_writes
from tests.faults.switches import amount, dice, told

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace, which records the writes, is not on this machine")
IMAGES, COMMITS = amount("IMAGES", 300), 40


def cuts(home: Path, tmp_path: Path, synchronous: str) -> tuple[int, int, list[str]]:
    """(images with something acknowledged lost, images that are damaged, what SQLite says of those)."""
    tmp_path.mkdir()
    house, image = tmp_path / "house", tmp_path / "image"
    shutil.copytree(home, house)
    image.mkdir()
    base = (house / "lianxin.db").read_bytes()
    done = record_writes(house, COMMITS, synchronous, tmp_path / "trace")
    assert sum(step.call == "ack" for step in done) == COMMITS
    assert {step.file for step in done if step.call == "pwrite64"} == {"lianxin.db", "lianxin.db-wal"}  # the journal was poured back
    lost, odd, most = 0, [], 0
    for acknowledged in images(done, base, image, IMAGES, dice("power", synchronous)):
        judged, held = found_in(image)
        lost += held < acknowledged
        odd += [judged] if judged != "ok" else []
        most = max(most, held)
    told(f"{IMAGES} power cuts in {len(done)} steps with synchronous={synchronous}: {lost} lost, {len(odd)} damaged")
    assert most > COMMITS // 2
    assert verify(plain_engine(f"sqlite:///{image}/lianxin.db"), house).is_sound
    return lost, len(odd), odd


@pytest.mark.usefixtures("app")
def test_a_power_cut_loses_nothing_acknowledged(empty_home: Path, tmp_path: Path) -> None:
    assert cuts(empty_home, tmp_path / "cuts", "FULL") == (0, 0, [])


@pytest.mark.usefixtures("app")
def test_the_replay_finds_the_setting_that_does_lose(empty_home: Path, tmp_path: Path) -> None:
    lost, _damaged, _odd = cuts(empty_home, tmp_path / "cuts", "NORMAL")
    assert lost > IMAGES // 10
