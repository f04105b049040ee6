"""A house with something of everything in it, and the ways to spoil its copy."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from models import Attachment, Client, Event, LoginSession, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.errors import RuleBroken
from rules.periods import Hourly
from services.anchors import write_anchor
from services.backup.manifest import read_manifest, seal_of
from services.backup.members import MANIFEST, SEAL
from services.desk import Desk, standing
from services.login_sessions import begin
from services.schema import plain_engine
from tests.cast import Town, build_town
from tests.homes import NOW

PHRASE = "四个不相干的词连成一句话"
PICTURE = b"\xff\xd8 a picture"
TOKEN = "0a" * 16


def furnished(app: Flask) -> Desk:
    """A township with people, phones, a file, a device signed in and an anchor."""
    town = build_town(NOW)
    desk = Desk(db.engine, app.config["LIANXIN"], standing(NOW))
    keep_picture(desk, town)
    with working(db.engine, system("测试")) as session:
        begin(session, town.accounts["李经办"], address="", agent="", now=NOW)
        session.commit()
    write_anchor(desk, Hourly().current(NOW))
    return desk


def keep_picture(desk: Desk, town: Town) -> None:
    desk.settings.files.mkdir(exist_ok=True)
    (desk.settings.files / TOKEN).write_bytes(PICTURE)
    with working(desk.engine, system("测试")) as session:
        row = Attachment(
            token=TOKEN, filename="照片.jpg", media_type="image/jpeg", size=len(PICTURE), at=NOW,
            digest=hashlib.sha256(PICTURE).hexdigest(), area_id=town.areas["样例乡"], area_path="1/",
        )  # fmt: skip
        session.add(row)
        session.flush()
        record(session, "attachment.taken", row, by=system("测试"), now=NOW)
        session.commit()


def phones(engine: object) -> dict[str, str]:
    """What only the right keys can read."""
    with working(engine, system("测试")) as session:
        return {shop.name: str(shop.phone) for shop in session.scalars(select(Client).order_by(Client.id))}


def open_devices(engine: object) -> int:
    with working(engine, system("测试")) as session:
        return len(list(session.scalars(select(LoginSession).where(LoginSession.ended_at.is_(None)))))


@contextmanager
def refusal(code: str) -> Iterator[pytest.ExceptionInfo[RuleBroken]]:
    """What happens inside is refused with this code."""
    with pytest.raises(RuleBroken) as refused:
        yield refused
    assert refused.value.code == code, refused.value


def sentence(refused: pytest.ExceptionInfo[RuleBroken]) -> str:
    """The words a person reads."""
    words = str(refused.value)
    assert not words.isascii()
    assert "Traceback" not in words
    return words


def verbs(url: str) -> list[str]:
    with working(plain_engine(url), system("测试")) as session:
        return list(session.scalars(select(Event.verb).order_by(Event.id)))


def flip(path: Path, place: float) -> None:
    """One bit turned at a part (0 to 1) of the file."""
    data = bytearray(path.read_bytes())
    data[int((len(data) - 1) * place)] ^= 1
    path.write_bytes(data)


def cut(path: Path, place: float) -> None:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * place)])


def rewritten(path: Path, change: object, ring: object = None) -> None:
    """The copy packed again by somebody clever: `change(members)` alters parts; with a ring the seal fits too."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    manifest = read_manifest(members[MANIFEST].decode())
    known = {n: {"size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in members.items() if n not in {MANIFEST, SEAL}}
    manifest.members.clear()
    manifest.members.update(known)
    members[MANIFEST] = manifest.text().encode()
    if ring:
        members[SEAL] = seal_of(manifest.text(), ring).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)

