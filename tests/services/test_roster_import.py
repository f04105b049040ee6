"""Two lists become a township's responsibilities: once, traceably, and back out again."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Area, Assignment, Cadre, Enterprise, Event, ReviewItem, db
from models.access.actor import system
from models.access.session import ActorSession
from models.audit import record
from rules.errors import RuleBroken
from rules.importing import Decision
from rules.places import AreaLevel
from services import areas
from services.rosters.importing import Outcome, import_roster, read_roster
from services.rosters.reviewing import settle
from services.rosters.undoing import undo

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
BY = system("测试导入")
ALL = ("rosters-merged.docx", "rosters-blank-continuation.docx", "rosters.xlsx")


@pytest.fixture
def session(app):
    with ActorSession(db.engine, info={"actor": BY}) as session:
        yield session


def feed(session: ActorSession, name: str, now: datetime) -> Outcome:
    data = (SAMPLES / name).read_bytes()
    township = areas.add_area(session, "清水乡", AreaLevel.TOWNSHIP, None, by=BY, now=now)
    outcome = import_roster(session, township, read_roster(data, name), data, name, by=BY, now=now)
    session.commit()
    return outcome


def counted(session: ActorSession, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.clause("QY-2.1a", "WQY-0.1")
@pytest.mark.parametrize("name", ALL)
def test_both_lists_come_in_whole(session, name, now) -> None:
    outcome = feed(session, name, now)
    assert (outcome.created, outcome.unchanged) == (24, 0)
    assert counted(session, Enterprise) == 24
    assert counted(session, Cadre) == 12


def test_a_second_import_in_another_format_changes_nothing(session, now) -> None:
    feed(session, ALL[0], now)
    before = counted(session, ReviewItem)
    outcome = feed(session, ALL[2], now)
    assert (outcome.created, outcome.unchanged, outcome.made) == (0, 24, {})
    assert counted(session, ReviewItem) == before
    assert counted(session, Assignment) == 24


def test_no_password_of_the_list_is_stored_or_logged(session, now, app) -> None:
    feed(session, ALL[0], now)
    dump = app.config["LIANXIN"].home
    assert not any(b"Abc12345" in path.read_bytes() for path in dump.iterdir() if path.is_file())
    assert "qinjia" not in str([event.changes for event in session.scalars(select(Event))])


def test_a_person_of_both_lists_is_one_person_with_his_phone(session, now) -> None:
    feed(session, ALL[0], now)
    (found,) = session.scalars(select(Cadre).where(Cadre.name == "秦甲")).all()
    assert found.phone == "19900000009"


def test_an_undone_import_leaves_the_lists_as_they_were(session, now) -> None:
    outcome = feed(session, ALL[0], now)
    undo(session, outcome.batch, by=BY, now=now)
    session.commit()
    assert [counted(session, model) for model in (Enterprise, Cadre, Assignment, ReviewItem)] == [0, 0, 0, 0]
    assert feed(session, ALL[1], now).created == 24


def test_an_import_that_somebody_has_built_on_is_not_undone(session, now) -> None:
    outcome = feed(session, ALL[0], now)
    township = session.scalars(select(Area).where(Area.name == "龙湾村")).one()
    session.add(Enterprise(name="后来的店", area=township))
    record(session, "clients.registered", "test", by=BY, now=now)
    session.commit()
    with pytest.raises(RuleBroken, match="不能整批撤销"):
        undo(session, outcome.batch, by=BY, now=now)


def test_a_doubt_is_settled_by_name_and_with_a_reason(session, now) -> None:
    feed(session, ALL[0], now)
    item = session.scalars(select(ReviewItem).where(ReviewItem.kind == "self-dealing")).first()
    with pytest.raises(RuleBroken, match="怎样核实"):
        settle(session, item, Decision.DIFFERENT, "", by=BY, now=now)
    settle(session, item, Decision.DIFFERENT, "电话核实为同名", by=BY, now=now)
    session.commit()
    assert (item.decision, item.decided_by) == (Decision.DIFFERENT, "系统")


def test_a_doubt_points_at_the_row_as_the_file_shows_it(session, now) -> None:
    """百味食品加工有限公司 stands in row 8 of the second table, the heading counted."""
    feed(session, ALL[0], now)
    assert session.scalars(select(ReviewItem.rows).where(ReviewItem.kind == "missing-phone")).all() == [["T2:8"]]
