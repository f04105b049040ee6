"""The database is locked or the disk is full: a Chinese page says when to come again, nothing is written, and it heals by itself."""

import errno
import io
import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from models import Attachment, Ballot, Enterprise, Event, db
from models.engine import PRAGMAS, is_full
from tests.homes import NOW
from tests.house import House, hand_in, house_in


@pytest.fixture
def house(empty_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", "50")
    with house_in(empty_home, tmp_path, NOW) as house:
        yield house


def rows() -> list[str]:
    """Everything the database holds."""
    with closing(sqlite3.connect(db.engine.url.database)) as connection:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        return [str(row) for (name,) in connection.execute(tables).fetchall() for row in connection.execute(f'SELECT * FROM "{name}"')]


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else holds the write lock."""
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def new_shop(house: House, name: str) -> dict[str, str]:
    return {"name": name, "area": str(house.town.areas["东岭村"]), "trade": "shop", "state": "active"}


def is_told_to_come_again(answer: TestResponse) -> bool:
    told = "怎么办" in answer.text or "稍后" in answer.text or "再" in answer.text
    return answer.status_code == 503 and answer.headers["Retry-After"] == "30" and told and "Traceback" not in answer.text


def test_a_clerk_whose_database_is_locked_is_told_and_saves_a_moment_later(house: House) -> None:
    clerk = house.as_("李经办")
    token, before = clerk.token(), rows()
    form = {**new_shop(house, "锁住时的店"), "csrf_token": token}
    with locked():
        answer = clerk.client.post("/admin/enterprise/new/", data=form)
    assert is_told_to_come_again(answer), answer.text
    assert rows() == before
    assert clerk.client.post("/admin/enterprise/new/", data=form).status_code == 302
    assert [shop.name for shop in house.all(Enterprise)].count("锁住时的店") == 1


def test_an_owner_whose_database_is_locked_is_told_and_rates_a_moment_later(house: House) -> None:
    house.open()
    code, owner = house.slip("东岭合作社"), house.app.test_client()
    before = rows()
    with locked():
        answer = hand_in(owner, code, "satisfied")
    assert is_told_to_come_again(answer)
    assert rows() == before
    assert hand_in(owner, code, "satisfied").status_code == 303
    assert len(house.all(Ballot)) == 1


def unsafe_addresses(house: House) -> list[str]:
    """One address for each route that takes a form."""
    rules = [rule for rule in house.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    with house.app.test_request_context():
        adapter = house.app.url_map.bind("localhost")
        return sorted({
            adapter.build(rule.endpoint, {name: 1 if "Int" in type(kind).__name__ else "1" for name, kind in rule._converters.items()},
                          method="POST") for rule in rules
        })  # fmt: skip


def test_no_form_of_the_house_breaks_or_writes_while_the_database_is_locked(house: House) -> None:
    house.open()
    clerk = house.as_("李经办")
    token, before, told = clerk.token(), rows(), 0
    addresses = unsafe_addresses(house)
    with locked():
        for address in addresses:
            answer = clerk.client.post(address, data={"csrf_token": token, "name": "甲", "reason": "试", "id": "1"})
            assert answer.status_code < 500 or is_told_to_come_again(answer), (address, answer.status_code)
            told += answer.status_code == 503
    assert rows() == before
    assert (len(addresses) > 60, told > 20) == (True, True), (len(addresses), told)


def test_reading_goes_on_while_somebody_writes(house: House) -> None:
    clerk = house.as_("李经办")
    with locked():
        assert clerk.get("/admin/enterprise/").status_code == 200
        assert house.app.test_client().get("/healthz").status_code == 200


def test_a_lock_of_two_seconds_is_waited_for(empty_home: Path, tmp_path: Path) -> None:
    with house_in(empty_home, tmp_path, NOW) as house:
        clerk = house.as_("李经办")
        token, over = clerk.token(), threading.Event()

        def hold() -> None:
            with locked():
                over.set()
                time.sleep(2)

        holder = threading.Thread(target=with_app, args=(house, hold))
        holder.start()
        assert over.wait(10)
        answer = clerk.client.post("/admin/enterprise/new/", data={**new_shop(house, "等到的店"), "csrf_token": token})
        holder.join()
        assert answer.status_code == 302


def with_app(house: House, work: object) -> None:
    with house.app.app_context():
        work()


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file of this process may grow beyond `room` bytes, as on a disk that is full."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_writes_nothing_is_told_and_heals_without_a_restart(house: House) -> None:
    clerk = house.as_("李经办")
    token, before, events = clerk.token(), rows(), len(house.all(Event))
    form = {**new_shop(house, "满盘时的店"), "csrf_token": token}
    wal = Path(f"{db.engine.url.database}-wal")
    with full_disk(wal.stat().st_size):
        answer = clerk.client.post("/admin/enterprise/new/", data=form)
        assert answer.status_code == 503, answer.text
        assert "磁盘满了" in answer.text
        assert clerk.get("/admin/enterprise/").status_code == 200
    assert rows() == before
    assert clerk.client.post("/admin/enterprise/new/", data=form).status_code == 302
    assert len(house.all(Event)) == events + 1


def test_a_picture_that_finds_no_room_leaves_no_half_file(house: House) -> None:
    number, clerk = house.open(), house.as_("李经办")
    noise = Image.effect_noise((300, 300), 90)
    data = io.BytesIO()
    noise.save(data, "JPEG", quality=95)
    page = f"/rounds/{number}/invitations/1/enter"
    form = {"channel": "paper", "level": "fair", "csrf_token": clerk.token()}
    with full_disk(20_000):
        data.seek(0)
        answer = clerk.client.post(page, data={**form, "photo": (io.BytesIO(data.getvalue()), "a.jpg")})
    assert (answer.status_code, "磁盘满了" in answer.text) == (503, True)
    files = house.app.config["LIANXIN"].files
    assert [path for path in files.rglob("*") if path.is_file()] == []
    assert house.all(Attachment) == house.all(Ballot) == []
    again = clerk.client.post(page, data={**form, "photo": (io.BytesIO(data.getvalue()), "a.jpg")})
    assert again.status_code in {302, 303}, again.text
    assert len(house.all(Attachment)) == len(house.all(Ballot)) == 1


@pytest.mark.parametrize(("number", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EACCES, False)])
def test_only_a_full_disk_is_called_full(number: int, full: bool) -> None:
    assert is_full(OSError(number, "x")) is full
