"""A busy township on each kind of database, with a gateway that takes its messages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway import TestGateway, running
from tests.homes import NOW
from tests.house import House, house_in


@pytest.fixture
def gateway() -> Iterator[tuple[TestGateway, str]]:
    with running() as both:
        yield both


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def house(request: pytest.FixtureRequest, empty_home: Path, tmp_path: Path, gateway: tuple[TestGateway, str]) -> Iterator[House]:
    changes = {} if request.param == "sqlite" else {"database_url": request.getfixturevalue("postgres_url")}
    with house_in(empty_home, tmp_path, NOW, gateway_url=f"hook+{gateway[1]}", **changes) as house:
        yield house
