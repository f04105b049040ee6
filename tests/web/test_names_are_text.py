"""A name typed or imported by anybody is text on every page and paper, never markup."""

import io
import zipfile

import pytest

from models import Cadre, Client, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from models.round import Invitation
from models.vault import vault

BAD = '"><img src=x onerror=alert(1)>{{7*7}}'
READ = {
    "李经办": (
        "/admin/", "/admin/enterprise/", "/admin/cadre/", "/admin/assignment/", "/admin/invitation/", "/rounds/{round}",
        "/rounds/{round}?search=<img src=x onerror", "/rounds/{round}/slips", "/rounds/{round}/chase", "/plates", "/assignments/{held}",
        "/admin/enterprise/details/?id={shop}", "/admin/enterprise/edit/?id={shop}", "/rounds/{round}/invitations/{asked}/enter",
        "/admin/enterprise/?search=<img src=x onerror",
    ),
    "王主任": ("/today/", "/rounds/{round}/finish/1", "/orders/", "/sanctions/"),
    "赵包抓": ("/today/", "/orders/", "/admin/enterprise/"),
    "郑审计": ("/admin/event/",),
}  # fmt: skip


@pytest.fixture
def ids(office, town, clock):
    with working(db.engine, system("测试")) as session:
        shop, cadre = session.get_one(Client, town.shops["东岭合作社"]), session.get_one(Cadre, town.cadres["赵包抓"])
        shop.name, shop.contact, shop.note, cadre.name = BAD, "店主" + BAD[:30], BAD, BAD[:40]
        record(session, "test.renamed", shop, by=system(BAD), now=clock.now)
        session.commit()
        shop_id = shop.id
    round_id = office.open()
    asked = office.invitation(round_id, "东岭合作社")
    with working(db.engine, system("测试")) as session:
        row = session.get_one(Invitation, asked)
        return {"round": round_id, "shop": shop_id, "asked": asked, "held": row.assignment_id, "code": vault().token("invitations", row.uid)}


def is_clean(answer) -> bool:
    assert answer.status_code == 200, answer.request.path
    return "<img src=x" not in answer.text


@pytest.mark.parametrize("who", READ)
def test_pages(browse, ids, who):
    reader = browse(who)
    assert [path for path in READ[who] if not is_clean(reader.get(path.format(**ids)))] == []


def test_slips_plates_and_the_owners_page(app, browse, ids):
    clerk = browse("李经办")
    assert is_clean(clerk.post(f"/rounds/{ids['round']}/slips", {"row": [ids["asked"]]}))
    assert is_clean(clerk.post("/plates", {"row": [ids["shop"]]}))
    assert is_clean(app.test_client().get(f"/s/{ids['code']}"))


def test_letters(office, browse, ids):
    office.answer(ids["round"], 东岭合作社="fair")
    office.finish(ids["round"])
    clerk = browse("李经办")
    for name in ("sheet.xlsx", "notice.docx"):
        paper = clerk.get(f"/rounds/{ids['round']}/{name}")
        with zipfile.ZipFile(io.BytesIO(paper.data)) as parts:
            assert not [one for one in parts.namelist() if b"<img src" in parts.read(one)]
