"""What leaves the house as a file is on a register first: every ledger, masked unless somebody says why."""

import hashlib
import io
import os
import re
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

import models
from models import Account, Client, Event, Export, Job, Notice, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.exporting import ExportState
from rules.jobs import MAX_ATTEMPTS
from rules.roles import Role
from services.desk import Desk
from services.exports import making
from services.job_kinds import JOBS
from services.jobs import run_due
from services.ledgers import SCREENS
from tests.cast import PEOPLE
from tests.conftest import NOW
from tests.make import make

OFFERED = [(name, role) for name, roles in SCREENS.items() for role, rights in roles.items() if "export" in rights]
PERSON = {role: name for name, (role, _phone) in PEOPLE.items()}


def all_of(model):
    with working(db.engine, system("测试")) as session:
        return list(session.scalars(select(model).order_by(model.id)))


@pytest.fixture
def desk(app, clock):
    return Desk(db.engine, app.config["LIANXIN"], lambda: clock.now)


@pytest.mark.parametrize(("name", "role"), OFFERED, ids=lambda value: getattr(value, "value", value))
def test_each_ledger_leaves_under_a_number_with_its_digest(browse, name, role):
    if role not in PERSON:
        pytest.skip("nobody in the town holds this role")
    with working(db.engine, system("测试")) as session:
        make(session, getattr(models, name))
        record(session, "town.filled", "town", by=system("测试"), now=NOW)
        session.commit()
    answer = browse(PERSON[role]).post(f"/admin/{name.lower()}/export/xlsx/")
    assert answer.status_code == 200
    (line,) = all_of(Export)
    assert (line.digest, line.state) == (hashlib.sha256(answer.data).hexdigest(), ExportState.READY)
    book = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    told = [row[0] for row in book.iter_rows(values_only=True)]
    assert f"导出编号：{line.number}" in told
    page = zipfile.ZipFile(io.BytesIO(answer.data)).read("xl/worksheets/sheet1.xml").decode()
    assert line.number in re.search("<oddFooter>(.*)</oddFooter>", page)[1]
    assert "<f>" not in page


def phones_in(answer):
    return re.findall(r"199\d{8}", answer.data.decode("utf-8-sig"))


def test_phones_are_masked_whatever_the_form_says_until_reason_and_proof_are_given(browse, clock):
    clerk = browse("李经办")
    assert phones_in(clerk.post("/admin/enterprise/export/csv/", {"full": "1", "reason": "逐户通知防汛"})) == []
    clock.pass_by(minutes=11)
    refused = clerk.post("/exports/new/enterprise", {"full": "1", "kind": "csv", "reason": "逐户通知防汛"})
    assert refused.status_code == 303
    assert "/verify" in refused.headers["Location"]
    assert len(all_of(Export)) == 1


@pytest.mark.parametrize(("reason", "status"), [("", 422), ("  防汛 ", 422), ("通知防汛", 200)])
def test_full_phones_need_a_reason_of_four_letters(browse, reason, status):
    answer = browse("李经办").post("/exports/new/enterprise", {"full": "1", "kind": "csv", "reason": reason})
    assert answer.status_code == status
    if status == 200:
        assert len(phones_in(answer)) == 4
        (line,) = all_of(Export)
        assert (line.full, line.reason, line.rows, line.personal) == (True, "通知防汛", 4, 4)
        assert "ledger.export_full" in {event.verb for event in all_of(Event)}
    else:
        assert all_of(Export) == []


def test_who_may_not_export_finds_no_page(browse):
    assert browse("赵包抓").get("/exports/new/enterprise").status_code == 403
    assert browse("李经办").get("/exports/new/account").status_code == 403
    assert browse("李经办").get("/exports/new/nothing").status_code == 404


def test_the_file_holds_what_is_filtered_and_says_so(browse):
    answer = browse("李经办").post("/admin/enterprise/export/csv/?search=东岭")
    text = answer.data.decode("utf-8-sig")
    assert "东岭合作社" in text
    assert "西沟农场" not in text
    assert "关键字“东岭”" in text
    assert all_of(Export)[0].rows == 1


def test_the_auditor_finds_a_leaked_number_and_nobody_strange_does(browse):
    browse("李经办").post("/admin/enterprise/export/xlsx/")
    (line,) = all_of(Export)
    for name in ("郑审计", "孙纪检"):
        page = browse(name).get(f"/admin/export/?search={line.number}").text
        assert "李经办" in page
        assert "企业档案" in page
    assert browse("李经办").get("/admin/export/").status_code == 403


def test_much_within_an_hour_is_told_to_the_auditor(browse, clock, monkeypatch):
    monkeypatch.setattr("services.exports.register.MOST_PERSONAL", 7)
    clerk = browse("李经办")

    def told():
        return [row for row in all_of(Notice) if row.key.startswith("export-much")]

    clerk.post("/admin/enterprise/export/xlsx/")
    assert told() == []
    clerk.post("/admin/enterprise/export/xlsx/")
    assert len(told()) == 1
    assert "一小时内" in told()[0].subject


@pytest.fixture
def long_list(monkeypatch):
    monkeypatch.setattr("services.exports.making.AT_ONCE", 3)


def test_a_long_list_becomes_a_job_whose_file_is_the_askers_alone(browse, long_list, desk, clock):
    clerk = browse("李经办")
    answer = clerk.post("/admin/enterprise/export/csv/")
    page = answer.headers["Location"]
    assert "正在排队" in clerk.get(page).text
    assert run_due(desk, JOBS) == {"done": 1}
    assert "下载" in clerk.get(page).text
    file = clerk.get(f"{page}/file")
    (line,) = all_of(Export)
    assert hashlib.sha256(file.data).hexdigest() == line.digest
    assert phones_in(file) == []
    file.close()
    assert browse("孙纪检").get(f"{page}/file").status_code == 404
    assert any(row.link == page for row in all_of(Notice))
    clock.pass_by(days=7, minutes=1)
    assert browse("李经办").get(f"{page}/file").status_code == 404
    assert making.clean_old(desk, None) == {"exports": 1}
    assert not list((desk.settings.files / "exports").iterdir())


def test_half_a_file_of_a_killed_worker_is_swept_away(desk, clock):
    folder = desk.settings.files / "exports"
    folder.mkdir(parents=True)
    for name, days in (("left", 8), ("new", 6)):
        (folder / name).write_text("half")
        os.utime(folder / name, times=(0, (clock.now - timedelta(days=days)).timestamp()))
    making.clean_old(desk, None)
    assert [path.name for path in folder.iterdir()] == ["new"]


def test_a_cancelled_job_leaves_no_file(browse, long_list, desk):
    clerk = browse("李经办")
    page = clerk.post("/admin/enterprise/export/csv/").headers["Location"]
    assert clerk.post(f"{page}/cancel").status_code == 303
    assert run_due(desk, JOBS) == {}
    assert "已取消" in clerk.get(page).text
    assert clerk.get(f"{page}/file").status_code == 404
    assert all_of(Export)[0].state is ExportState.REFUSED


def test_a_job_that_fails_for_good_leaves_no_line_that_says_it_is_being_made(browse, long_list, desk, clock):
    clerk = browse("李经办")
    page = clerk.post("/admin/enterprise/export/csv/").headers["Location"]
    desk.settings.files.write_text("a file where the folder should be")
    for _attempt in range(MAX_ATTEMPTS - 1):
        assert run_due(desk, JOBS) == {"retry": 1}
        assert all_of(Export)[0].state is ExportState.WAITING
        clock.pass_by(minutes=9)
    assert run_due(desk, JOBS) == {"failed": 1}
    assert all_of(Export)[0].state is ExportState.REFUSED
    assert "请联系系统管理员" in browse("李经办").get(page).text
    assert any(row.subject.startswith("导出没有生成") and row.link == page for row in all_of(Notice))


@pytest.mark.parametrize("change", [{"role": Role.CADRE}, {"active": False}])
def test_who_lost_his_office_in_between_gets_nothing(browse, long_list, desk, change):
    browse("李经办").post("/admin/enterprise/export/csv/")
    amend(Account, "user1", change)
    assert run_due(desk, JOBS) == {"failed": 1}
    assert "已变动" in all_of(Job)[0].error
    (line,) = all_of(Export)
    assert (line.digest, line.state) == ("", ExportState.REFUSED)


def test_the_job_sees_no_further_than_the_person_does_then(browse, long_list, desk, town):
    browse("李经办").post("/admin/enterprise/export/csv/")
    amend(Account, "user1", {"area_id": town.areas["东岭村"]})
    assert run_due(desk, JOBS) == {"done": 1}
    assert all_of(Export)[0].rows == 2


def amend(model, login, change):
    with working(db.engine, system("测试")) as session:
        row = session.scalars(select(model).where(model.login == login)).one()
        for key, value in change.items():
            setattr(row, key, value)
        record(session, "test.amended", row, by=system("测试"), now=NOW)
        session.commit()


def test_a_shop_named_like_a_formula_stays_text_in_both_files(browse):
    with working(db.engine, system("测试")) as session:
        row = session.scalars(select(Client).where(Client.name == "东岭合作社")).one()
        row.name = "＝HYPERLINK(1)"
        record(session, "test.amended", row, by=system("测试"), now=NOW)
        session.commit()
    clerk = browse("李经办")
    assert "'＝HYPERLINK" in clerk.post("/admin/enterprise/export/csv/").data.decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(clerk.post("/admin/enterprise/export/xlsx/").data)).active
    assert "s" in {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "＝HYPERLINK(1)"}
