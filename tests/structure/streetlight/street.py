"""A street light from its report to its repair, in a house to which docs/add-a-ledger.md was done."""

import io
from dataclasses import replace
from datetime import timedelta

# ruff: noqa: I001
import openpyxl
import pytest
from sqlalchemy import select

from app import create_app
from models import Event, Notice, Streetlight, db
from models.access.actor import system
from models.access.session import working
from rules.errors import RuleBroken
from rules.streetlight import FLOW, State  # the page's own files
from services.desk import standing
from services.schema import bring_up, head
from services.sweeping import run_sweeps
from services.sweeps import SWEEPS
from tasks.desk import desk_of
from tests.conftest import NOW, settings_for

ADMIN = "/admin/streetlight"


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory):
    """The database comes from the migrations, the new one included."""
    home = tmp_path_factory.mktemp("empty")
    create_app(settings_for(home))
    bring_up(settings_for(home), NOW)
    return home


@pytest.fixture
def light(browse, town):
    """李经办 has written down D-07 in 东岭村, for 赵包抓 to see to."""
    form = {"pole": "D-07", "area": town.areas["东岭村"], "cadre": town.cadres["赵包抓"]}
    assert browse("李经办").post(f"{ADMIN}/new/", form).status_code == 302
    return one(Streetlight)


def one(model):
    return everything(model)[0]


def everything(model):
    with working(db.engine, system("测试")) as session:
        return session.scalars(select(model).order_by(model.id)).all()


def sweep(app, days):
    """What the worker does that many days after the report; the subjects of the notices it writes."""
    before = len(everything(Notice))
    run_sweeps(replace(desk_of(app.config["LIANXIN"]), clock=standing(NOW + timedelta(days=days))), SWEEPS)
    return [(row.account_id, row.cadre_id, row.subject, row.link) for row in everything(Notice)[before:]]


def test_a_repaired_lamp_cannot_be_repaired_again():
    with pytest.raises(RuleBroken, match="已修复"):
        FLOW.step(State.REPAIRED, "repair")


def test_the_migration_was_made_and_is_the_head():
    assert head() > "0001"


def test_a_reported_lamp_is_due_in_ten_days(light):
    assert (light.filed_on, light.due_on, light.state) == (NOW.date(), (NOW + timedelta(days=10)).date(), State.REPORTED)


def test_list_form_and_details_open_for_the_clerk(browse, light):
    clerk = browse("李经办")
    assert "灯杆编号" in clerk.get(f"{ADMIN}/new/").text
    assert "D-07" in clerk.get(f"{ADMIN}/").text
    page = clerk.get(f"{ADMIN}/details/?id={light.id}").text
    assert "已报修" in page
    assert "修复</button>" in page
    assert ">路灯报修</a>" in page


def test_leaders_and_the_discipline_office_read(browse, light):
    for name in ("王主任", "孙纪检"):
        assert "D-07" in browse(name).get(f"{ADMIN}/").text
        assert browse(name).get(f"{ADMIN}/new/").status_code == 403


def test_only_the_cadre_who_is_named_reads_the_row(browse, light):
    assert "D-07" in browse("赵包抓").get(f"{ADMIN}/details/?id={light.id}").text
    assert browse("钱包保").get(f"{ADMIN}/details/?id={light.id}").status_code == 404
    assert "D-07" not in browse("钱包保").get(f"{ADMIN}/").text


def test_administrators_see_nothing(browse, light):
    for name in ("周系统", "吴安全", "郑审计"):
        assert browse(name).get(f"{ADMIN}/").status_code == 403


def test_a_button_moves_it_once_and_the_chain_says_who(browse, light):
    move = {"id": light.id, "version": 1, "move": "repair", "reason": "换了灯泡"}
    assert browse("王主任").post(f"{ADMIN}/moves/", move).status_code == 403
    assert browse("李经办").post(f"{ADMIN}/moves/", move).status_code == 302
    assert one(Streetlight).state is State.REPAIRED
    assert [(e.by, e.detail) for e in everything(Event) if e.verb == "streetlights.repair"] == [("李经办", "换了灯泡")]


def test_clerk_and_cadre_are_reminded_two_days_before_and_once_after(app, town, light):
    link, due = f"{ADMIN}/details/?id={light.id}", light.due_on
    near, late = f"路灯报修“D-07”{due}到期，请抓紧办理", f"路灯报修“D-07”已超期（期限{due}），请尽快办结"
    assert sweep(app, 7) == []
    assert sweep(app, 8) == [(town.accounts["李经办"], None, near, link), (None, town.cadres["赵包抓"], near, link)]
    assert sweep(app, 9) == []
    assert sweep(app, 10) == []
    assert [subject for _account, _cadre, subject, _link in sweep(app, 11)] == [late, late]
    assert sweep(app, 12) == []


def test_after_a_month_without_power_one_reminder_is_enough(app, light):
    assert len(sweep(app, 40)) == 2
    assert sweep(app, 41) == []


def test_nobody_is_reminded_of_a_repaired_lamp(app, browse, light):
    browse("李经办").post(f"{ADMIN}/moves/", {"id": light.id, "version": 1, "move": "repair"})
    assert sweep(app, 11) == []


def test_it_leaves_as_a_sheet(browse, light):
    assert browse("赵包抓").post(f"{ADMIN}/export/xlsx/").status_code == 403
    sheet = openpyxl.load_workbook(io.BytesIO(browse("李经办").post(f"{ADMIN}/export/xlsx/").data)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"灯杆编号", "D-07", "已报修"} <= set(cells)

