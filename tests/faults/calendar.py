"""A leap February and a turn of the year lived through, told as JSON: python -m tests.faults.calendar EMPTY FOLDER."""

import json
import re
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from models import Invitation, JobRun, Notice, Round, db
from rules.localtime import LOCAL
from services.desk import standing
from services.sweeping import run_sweeps
from services.sweeps import SWEEPS
from tasks.desk import desk_of
from tests.house import House, house_in

STORIES = {
    "leap": ("2028-02-20T09:00", "2028-02-28T09:00", "2028-02-29T10:00", "2028-02-29T23:59", "2028-03-01T00:01", "2028-03-01T09:00"),
    "year": ("2026-12-20T09:00", "2026-12-28T09:00", "2026-12-31T23:59", "2027-01-01T00:01", "2027-01-04T09:00"),
}
OF_THE_MONTH = tuple(sweep for sweep in SWEEPS if sweep.name not in {"backup", "drill"})
TOLD = (Round, Invitation, Notice, JobRun)
SAID = {"month", "job", "period", "key", "subject"}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def live(house: House, moments: list[datetime]) -> list[list[str]]:
    """What the worker does at each moment; the states of the rounds after each."""
    states = []
    for now in moments:
        house.now = now
        run_sweeps(replace(desk_of(house.app.config["LIANXIN"]), clock=standing(now)), OF_THE_MONTH)
        states.append([row.state.value for row in house.all(Round)])
    return states


def rows(house: House, *models: Any) -> list[list[str]]:
    """Every date, instant, state and name of the rows; what is loaded only when asked is left out."""
    return [
        [plain(getattr(row, c.key)) for c in model.__mapper__.column_attrs if c.key in SAID or (not c.deferred and isinstance(getattr(row, c.key), date | Enum))]
        for model in models for row in house.all(model)
    ]  # fmt: skip


def plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value.value if isinstance(value, Enum) else value)


def read(house: House, path: str) -> str:
    """The words on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", house.as_("李经办").get(path).text).split())


def main(empty: str, folder: str) -> None:
    told = {}
    for name, moments in STORIES.items():
        with house_in(Path(empty), Path(folder) / name, moment(moments[0])) as house:
            states = live(house, [moment(text) for text in moments])
            told[name] = {"states": states, "rows": rows(house, *TOLD), "pages": [read(house, path) for path in ("/rounds/", "/today/")]}
            db.engine.dispose()
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
