"""A subtree of the area tree is one range of paths, byte by byte, on every server."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from models import Area, Unit, db
from models.access.actor import Actor, system
from models.access.session import working
from models.audit import record
from rules.places import AreaLevel, UnitKind
from rules.roles import Role
from services.schema import plain_engine
from tests.homes import NOW

PATHS = ("1/", "1/1/", "1/10/", "1/2/", "1/2/3/", "1/2/30/", "1/20/", "1/9/", "10/", "10/2/", "12/", "2/", "21/")


@pytest.fixture
def app(any_app: Flask) -> Flask:
    with working(db.engine, system("测试")) as session:
        for path in PATHS:
            area = Area(name=path, level=AreaLevel.VILLAGE, path=path)
            session.add(Unit(name=path, kind=UnitKind.OFFICE, area=area))
            record(session, "areas.registered", area, by=system("测试"), now=NOW)
        session.commit()
    return any_app


@pytest.mark.parametrize("top", PATHS)
def test_an_office_sees_its_subtree_and_nothing_beside_it(app: Flask, top: str) -> None:
    low, high = Actor("某人", Role.CLERK, area_path=top).scope["scope_low"], top[:-1] + "0"
    with working(db.engine, system("测试")) as session:
        found = session.scalars(select(Unit.area_path).where(Unit.area_path >= low, Unit.area_path < high)).all()
    assert sorted(found) == sorted(path for path in PATHS if path.startswith(top))


@pytest.mark.servers
def test_the_paths_are_compared_byte_by_byte_on_postgresql(postgres_url: str) -> None:
    columns = "SELECT table_name, collation_name FROM information_schema.columns WHERE table_schema = 'public'"
    engine = plain_engine(postgres_url)
    with engine.connect() as connection:
        found = dict(connection.execute(text(f"{columns} AND column_name IN ('path', 'area_path')")).all())
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = connection.scalars(text("EXPLAIN SELECT id FROM units WHERE area_path >= '1/2/' AND area_path < '1/20'"))
        assert "ix_units_area_path" in "\n".join(plan)
    engine.dispose()
    assert len(found) > 5
    assert set(found.values()) == {"C"}
