"""The land is built once for each process and copied for each file of tests."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from models import db
from tasks.queue import huey
from tests.doors.cast import Land, build_land
from tests.homes import app_in


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many cells of the matrix were tried, in how many seconds."""
    done = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ()) if one.when == "call"]
    counted = [(one.duration, value) for one in done for name, value in one.user_properties if name == "cells"]
    if counted:
        seconds, cells = sum(duration for duration, _ in counted), sum(value for _, value in counted)
        terminalreporter.write_line(f"authorisation matrix: {cells} cells in {seconds:.0f} s")


@pytest.fixture(scope="session")
def built(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both townships in it."""
    home = tmp_path_factory.mktemp("land") / "home"
    app = app_in(home, empty_home)
    with app.app_context():
        (home / "land.pickle").write_bytes(pickle.dumps(build_land()))
        db.session.remove()
        db.engine.dispose()
    huey.storage.close()
    return home


@pytest.fixture(scope="module")
def app(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = app_in(tmp_path_factory.mktemp("doors") / "home", built)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    huey.storage.close()


@pytest.fixture(scope="module")
def land(app: Flask, built: Path) -> Land:
    return pickle.loads((built / "land.pickle").read_bytes())
