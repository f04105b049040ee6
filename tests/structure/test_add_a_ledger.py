"""docs/add-a-ledger.md works word for word: a copy of the house follows it and then lives a little."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/add-a-ledger.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python (\S+)\n(.*?)^```", PAGE, re.M | re.S)
COMMAND = re.search(r'`bin/lianxin (migration) "([^"]+)"`', PAGE)
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.db", "var", "screenshots", "node_modules")


def run(house: Path, *command: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, *command], cwd=house, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this house in which somebody did what the page says."""
    house = tmp_path_factory.mktemp("town") / "house"
    shutil.copytree(ROOT, house, ignore=LEFT_OUT)
    for name, text in BLOCKS:
        with (house / name).open("a", encoding="utf-8") as file:
            file.write(text)
    assert COMMAND
    code, said = run(house, "app.py", *COMMAND.groups())
    assert code == 0, said
    return house


def test_a_ledger_takes_at_most_forty_lines():
    assert [name for name, _text in BLOCKS] == ["rules/streetlight.py", "models/streetlight.py", "models/__init__.py"]
    assert sum(len(text.splitlines()) for _name, text in BLOCKS) <= 40


def test_the_ledger_of_the_page_works(house: Path):
    code, said = run(house, "-m", "pytest", "-p", "no:cacheprovider", "-x", "tests/structure/streetlight/street.py")
    assert (code, "passed" in said) == (0, True), said


def test_the_ledger_of_the_page_is_clean(house: Path):
    code, said = run(house, "-m", "ruff", "check", "rules/streetlight.py", "models/streetlight.py", "models/__init__.py")
    assert code == 0, said
