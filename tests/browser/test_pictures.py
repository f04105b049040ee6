"""The handbooks' pictures are drawn here: `PICTURES=1 bin/test tests/browser/test_pictures.py` makes them anew."""

import io
import os
import re

import pytest
from PIL import Image
from sqlalchemy import select

from models import Invitation, db
from models.access.actor import system
from models.access.session import working
from portal.help.books import BOOKS, ROOT
from rules.invitations import OPEN
from services.tokens import token_of
from tests.browser.conftest import Eyes
from tests.browser.desk import CADRE, CLERK, LEADER

pytestmark = pytest.mark.browser
FOLDER = ROOT / "pictures"
SECURITY = "anquan"
PICTURES = {
    "clerk-desk": (CLERK, "/admin/", 1100, "今天要办"), "clerk-import": (CLERK, "/imports/new", 1100, "选择文件"),
    "clerk-round": (CLERK, "/rounds/{open}?chip=silent", 1100, "家已评"), "clerk-finish": (CLERK, "/rounds/{frozen}/finish/5", 1100, "快照编号"),
    "cadre-today": (CADRE, "/today/", 390, "我的企业"), "cadre-order": (CADRE, "/orders/{issued}", 390, "督办要求"),
    "leader-today": (LEADER, "/today/", 1100, "签发"), "leader-order": (LEADER, "/orders/{draft}", 1100, "签发"),
    "security-accounts": (SECURITY, "/security/accounts/", 1100, "账号"), "security-new": (SECURITY, "/security/accounts/new", 1100, "登录名"),
    "owner-rate": (None, "/s/{token}", 390, "满意"),
}  # fmt: skip
ELSEWHERE = {"owner", "today"}  # of the README


@pytest.fixture(scope="module")
def places(house):
    with working(db.engine, system("测试")) as session:
        asked = session.scalars(select(Invitation).where(Invitation.round_id == house.open, Invitation.state.in_(OPEN))).first()
        token = token_of(asked)
    return {"open": house.open, "frozen": house.frozen, "issued": house.issued, "draft": house.draft, "token": token}


@pytest.mark.parametrize("name", PICTURES)
def test_what_a_picture_shows_is_still_there(chromium, house, places, name):
    login, path, width, words = PICTURES[name]
    one = Eyes(chromium, house.address, width, 700 if width > 768 else 844)
    if login:
        one.context.add_cookies(house.cookies(login))
    page = one.open(path.format(**places))
    assert words in page.inner_text("body")
    if os.environ.get("PICTURES"):
        keep(page.screenshot(), name)
    one.context.close()


def keep(shot: bytes, name: str) -> None:
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(256).save(FOLDER / f"{name}.png", optimize=True)
    (FOLDER / f"{name}.png").chmod(0o644)  # the house itself keeps its files to itself


def test_every_picture_of_the_handbooks_is_drawn_here_and_kept():
    named = {name for book in BOOKS for name in re.findall(r"\]\(\.\./pictures/([a-z-]+)\.png\)", (ROOT / "handbook" / f"{book}.md").read_text("utf-8"))}
    assert named == set(PICTURES)
    assert {file.stem for file in FOLDER.glob("*.png")} == named | ELSEWHERE
    for name in named:
        with Image.open(FOLDER / f"{name}.png") as picture:
            assert picture.width in (780, 1100)
