"""Hostile files against every form that takes one: each is refused in Chinese or taken for what it is, and nothing breaks."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.fuzzing import PLACES, rules_of, takes_files
from tests.faults.hostile_files import hostile_files, sheet
from tests.faults.switches import told
from tests.homes import NOW
from tests.house import House, house_in

FILES = hostile_files()
PARTS = 4


@pytest.fixture
def house(empty_home: Path, tmp_path: Path) -> Iterator[House]:
    with house_in(empty_home, tmp_path, NOW) as house:
        house.open()
        yield house


def doors(house: House) -> list[str]:
    return [PLACES.sub("1", rule.rule) for rule in rules_of(house.app) if takes_files(house.app, rule)]


def fields_of(house: House) -> list[str]:
    """Names under which some page reads a file."""
    root = Path(house.app.root_path)
    texts = [path.read_text("utf8") for folder in ("portal", "admin") for path in (root / folder).rglob("*.py")]
    return sorted({name for text in texts for name in re.findall(r'request\.files(?:\.get(?:list)?\(|\[)"(\w+)"', text)})


def test_there_are_enough_of_them() -> None:
    assert len({data for _name, data in FILES}) >= 120
    assert len(FILES) >= 140


@pytest.mark.parametrize("part", range(PARTS))
def test_no_file_breaks_a_form(house: House, part: int) -> None:
    clerk, fields, answers, trouble = house.as_("李经办"), fields_of(house), Counter(), []
    assert len(doors(house)) >= 2
    assert len(fields) >= 2
    for door in doors(house):
        for name, data in FILES[part::PARTS]:
            form = {field: (io.BytesIO(data), name) for field in fields} | {"channel": "paper", "level": "fair"}
            answer = clerk.post(door, form)
            answers[answer.status_code] += 1
            if answer.status_code >= 500 or "Traceback" in answer.text or answer.status_code == 401:
                trouble.append((answer.status_code, door, name[:40], len(data), data[:20]))
    told(f"{len(FILES[part::PARTS])} files at {len(doors(house))} forms:", dict(answers))
    assert trouble == []
    kept = [path for path in house.app.config["LIANXIN"].files.rglob("*") if path.is_file()]
    assert [path.name for path in kept if not path.read_bytes().startswith(b"\xff\xd8\xff")] == []
    assert clerk.get("/imports/new").status_code == 200


def test_a_good_file_still_comes_in(house: House) -> None:
    answer = house.as_("李经办").post("/imports/new", {"file": (io.BytesIO(sheet()), "清单.xlsx")})
    assert answer.status_code == 303
