"""A sheet as offices make it goes into a ledger after a look at what it would do, once, and can be taken back whole."""

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from sqlalchemy import select

import models
from models import Cadre, Client, Enterprise, Event, Intake, Notice, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.intake import headings
from rules.intake.states import IntakeState
from rules.jobs import MAX_ATTEMPTS
from rules.roles import Role
from services.desk import Desk
from services.intake import drafts, plan
from services.job_kinds import JOBS
from services.jobs import run_due
from services.ledgers import SCREENS
from tests.conftest import NOW
from tests.make import make

OFFERED = [name for name, roles in SCREENS.items() if "create" in roles.get(Role.CLERK, ())]
HEADS = ["序号", "企业名称", "所属村", "联系电话", "负责人", "登录密码"]
ROWS = [[1, "新禾合作社", "东岭村", 19900000021, "郭甲", "Abc12345"], [2, "东岭合作社", "东岭村", "", "新店主", "Abc12345"],
        [3, "西沟农场", "西沟村", "19900000012", "店主", ""]]  # fmt: skip


def sheet(rows, heads=HEADS, title="样例乡企业花名册（2026年11月）"):
    """Merged title row, headings below it, a sum and a note at the end."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Sheet1")
        page.merge_range(0, 0, 0, len(heads) - 1, title)
        page.write_row(1, 0, heads)
        for at, row in enumerate(rows, start=2):
            page.write_row(at, 0, row)
        page.write_row(len(rows) + 2, 0, ["合计", "", "", "", len(rows)])
        page.write(len(rows) + 3, 0, "注：本表由党政综合办填写")
    return out.getvalue()


def send(person, data, table="enterprise", name="花名册.xlsx"):
    return person.post(f"/intake/to/{table}", {"file": (io.BytesIO(data), name)})


def paste(person, text, table="enterprise"):
    return person.post(f"/intake/to/{table}", {"pasted": text})


def confirm(person, page):
    text = person.get(page).text
    seen = text.split('name="seen" value="')[1].split('"')[0]
    return person.post(f"{page}/confirm", {"seen": seen})


def all_of(model, *where):
    with working(db.engine, system("测试")) as session:
        return list(session.scalars(select(model).where(*where).order_by(model.id)))


def shop(name):
    return next(iter(all_of(Enterprise, Client.name == name)), None)


def test_a_sheet_as_offices_make_it_is_previewed_in_three_kinds_and_then_written(browse):
    clerk = browse("李经办")
    page = send(clerk, sheet([*ROWS, [4, "无名店", "没有这个村", "12", "", ""]])).headers["Location"]
    text = clerk.get(page).text
    assert shop("新禾合作社") is None
    for label, count in (("新增", 1), ("更新", 1), ("有错", 1)):
        assert f'{label}<span class="chip-count">{count}</span>' in text
    assert "没有变化 1 行" in text
    assert "原为 店主" in text
    assert "没有“没有这个村”" in text
    assert "不是电话号码" in text
    assert "Abc12345" not in text
    assert confirm(clerk, page).status_code == 303
    assert (shop("新禾合作社").phone, shop("新禾合作社").contact) == ("19900000021", "郭甲")
    assert (shop("东岭合作社").contact, shop("东岭合作社").phone) == ("新店主", "19900000011")
    assert shop("无名店") is None
    (line,) = all_of(Intake)
    assert (line.state, line.added, line.changed, line.same, line.wrong, line.draft) == (IntakeState.DONE, 1, 1, 1, 1, None)
    (said,) = [event for event in all_of(Event) if event.verb == "intake.confirmed"]
    assert line.digest in said.detail
    assert said.by == "李经办"


def test_a_number_that_a_spreadsheet_cut_short_is_refused_where_it_stands(browse):
    clerk = browse("李经办")
    text = clerk.get(paste(clerk, "名称\t所在村\t电话\n新店\t东岭村\t1.99E+10\n好店\t东岭村\t1.9900000021E+10\n9\t合计\t2\n").headers["Location"]).text
    assert text.count("后几位已经丢失") == 1
    assert '有错<span class="chip-count">1</span>' in text
    assert '新增<span class="chip-count">1</span>' in text


def test_the_same_file_twice_changes_nothing(browse):
    clerk = browse("李经办")
    confirm(clerk, send(clerk, sheet(ROWS)).headers["Location"])
    before = [(row.id, row.version) for row in all_of(Client)]
    text = clerk.get(send(clerk, sheet(ROWS)).headers["Location"]).text
    assert "没有要写入的" in text
    assert "确认导入" not in text
    assert [(row.id, row.version) for row in all_of(Client)] == before


def test_two_clicks_on_confirm_write_once(browse):
    clerk = browse("李经办")
    page = send(clerk, sheet(ROWS)).headers["Location"]
    seen = clerk.get(page).text.split('name="seen" value="')[1].split('"')[0]
    for _click in range(2):
        assert clerk.post(f"{page}/confirm", {"seen": seen}).status_code == 303
    assert len(all_of(Enterprise, Client.name == "新禾合作社")) == 1


def test_who_confirms_another_state_of_the_ledger_looks_again(browse):
    clerk = browse("李经办")
    page = send(clerk, sheet(ROWS)).headers["Location"]
    seen = clerk.get(page).text.split('name="seen" value="')[1].split('"')[0]
    amend(Enterprise, "东岭合作社", contact="别人刚改的")
    clerk.post(f"{page}/confirm", {"seen": seen})
    assert shop("新禾合作社") is None
    assert "原为 别人刚改的" in clerk.get(page).text


def amend(model, name, **facts):
    with working(db.engine, system("测试")) as session:
        row = session.scalars(select(model).where(model.name == name)).one()
        for key, value in facts.items():
            setattr(row, key, value)
        record(session, "test.amended", row, by=system("测试"), now=NOW)
        session.commit()


def test_undo_takes_the_new_rows_out_and_puts_the_old_values_back(browse):
    clerk = browse("李经办")
    rows = [[1, "东岭合作社", "东岭村", 19900000099, "新店主", ""], ROWS[0]]
    page = send(clerk, sheet(rows)).headers["Location"]
    confirm(clerk, page)
    assert shop("东岭合作社").phone == "19900000099"
    clerk.post(f"{page}/undo")
    assert shop("新禾合作社") is None
    assert (shop("东岭合作社").contact, shop("东岭合作社").phone) == ("店主", "19900000011")
    assert all_of(Intake)[0].state is IntakeState.UNDONE
    assert confirmed_again(clerk, rows)


def confirmed_again(clerk, rows):
    confirm(clerk, send(clerk, sheet(rows)).headers["Location"])
    return shop("新禾合作社") is not None


def test_an_import_whose_rows_were_touched_stays_whole_and_names_them(browse):
    clerk = browse("李经办")
    page = send(clerk, sheet(ROWS)).headers["Location"]
    confirm(clerk, page)
    amend(Enterprise, "新禾合作社", contact="后来改的")
    clerk.post(f"{page}/undo")
    text = clerk.get(page).text
    assert "导入后又改过：新禾合作社" in text
    assert shop("东岭合作社").contact == "新店主"
    assert all_of(Intake)[0].state is IntakeState.DONE


def test_an_import_whose_rows_are_used_by_others_stays_whole(browse):
    clerk = browse("李经办")
    page = send(clerk, sheet(ROWS)).headers["Location"]
    confirm(clerk, page)
    with working(db.engine, system("测试")) as session:
        new = session.scalars(select(Enterprise).where(Client.name == "新禾合作社")).one()
        make(session, models.Contact, client=new, area=new.area)
        record(session, "test.made", "town", by=system("测试"), now=NOW)
        session.commit()
    clerk.post(f"{page}/undo")
    assert "已被后来的记录用到：新禾合作社" in clerk.get(page).text
    assert shop("东岭合作社").contact == "新店主"


def test_the_marked_sheet_is_the_users_own_with_the_bad_cells_coloured(browse):
    clerk = browse("李经办")
    page = send(clerk, sheet([*ROWS, [4, "无名店", "没有这个村", "12", "", "Abc12345"]])).headers["Location"]
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(f"{page}/marked.xlsx").data)).active
    assert book["A1"].value == "样例乡企业花名册（2026年11月）"
    assert [cell.value for cell in book[2]][:5] == HEADS[:5]
    assert book["G2"].value == "错误说明"
    assert "没有这个村" in book["G6"].value
    coloured = {cell.coordinate for row in book.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFFC7CE"}
    assert coloured == {"C6", "D6", "G6"}
    assert all("Abc12345" not in str(cell.value) for row in book.iter_rows() for cell in row)
    assert browse("孙纪检").get(f"{page}/marked.xlsx").status_code == 404


def test_a_table_pasted_from_excel_is_read_with_its_columns_in_any_order(browse):
    clerk = browse("李经办")
    page = paste(clerk, "所在村\t名称（必填）\t类别\n东岭村\t丰收（一店）\t合作社\n西沟村\t丰收二店\t大商场\n").headers["Location"]
    assert "没有这个选项，可以填：" in clerk.get(page).text
    confirm(clerk, page)
    assert shop("丰收（一店）").trade.label == "合作社"
    again = paste(clerk, "名称,所在村,类别\n丰收(一店),东岭村,合作社\n").headers["Location"]
    assert "没有要写入的" in clerk.get(again).text


def test_hidden_derived_and_foreign_columns_have_no_effect(browse):
    clerk = browse("李经办")
    page = paste(clerk, "名称\t所在村\t区划路径\t拼音\t编号\t版本\t种类\n东岭合作社\t东岭村\t/9/\tabc\t4\t9\thousehold\n").headers["Location"]
    assert "没有要写入的" in clerk.get(page).text
    assert "下列栏目没有读取：区划路径、拼音、编号、版本、种类" in clerk.get(page).text


def test_a_blank_cell_leaves_what_is_there(browse):
    clerk = browse("李经办")
    confirm(clerk, paste(clerk, "名称\t所在村\t联系人\t电话\t备注\n东岭合作社\t东岭村\t\t\t新备注\n").headers["Location"])
    assert (shop("东岭合作社").contact, shop("东岭合作社").phone, shop("东岭合作社").note) == ("店主", "19900000011", "新备注")


def test_our_own_masked_export_comes_back_without_a_change(browse):
    clerk = browse("李经办")
    file = clerk.post("/admin/enterprise/export/xlsx/").data
    text = clerk.get(send(clerk, file).headers["Location"]).text
    assert "没有要写入的" in text
    assert "没有变化 4 行" in text
    bad = paste(clerk, "名称\t所在村\t电话\n东岭合作社\t东岭村\t199****9999\n新店\t东岭村\t199****9999\n").headers["Location"]
    assert clerk.get(bad).text.count("号码被遮盖了") >= 2


def test_two_rows_of_one_name_clash_unless_each_has_a_number_of_its_own(browse):
    clerk = browse("李经办")
    page = paste(clerk, "名称\t所在村\n同名店\t东岭村\n同名店\t东岭村\n").headers["Location"]
    assert "与第2行重复" in clerk.get(page).text


@pytest.fixture
def village_clerk(town, browse):
    """李经办, whose account hangs on one village only."""
    with working(db.engine, system("测试")) as session:
        account = session.get_one(models.Account, town.accounts["李经办"])
        account.area = session.get_one(models.Area, town.areas["东岭村"])
        record(session, "test.amended", account, by=system("测试"), now=NOW)
        session.commit()
    return browse("李经办")


def test_nobody_writes_rows_outside_his_scope(village_clerk):
    page = paste(village_clerk, "名称\t所在村\t联系人\n西沟农场\t西沟村\t坏人\n新店\t西沟村\t坏人\n东岭合作社\t东岭村\t好人\n").headers["Location"]
    text = village_clerk.get(page).text
    assert '有错<span class="chip-count">2</span>' in text
    confirm(village_clerk, page)
    assert shop("西沟农场").contact == "店主"
    assert shop("新店") is None
    assert shop("东岭合作社").contact == "好人"


def test_a_taken_credit_code_elsewhere_is_told_without_telling_whose(village_clerk):
    amend(Enterprise, "西沟农场", credit_code="92620000MA00000001")
    page = paste(village_clerk, "名称\t所在村\t统一社会信用代码\n新店\t东岭村\t92620000MA00000001\n").headers["Location"]
    text = village_clerk.get(page).text
    assert "与已有记录重复" in text
    assert "西沟" not in text.split("<main")[1]


@pytest.mark.parametrize("name", ["王主任", "赵包抓", "孙纪检", "郑审计"])
def test_who_may_not_add_a_row_finds_no_import(browse, name):
    assert browse(name).get("/intake/to/enterprise").status_code == 403
    assert send(browse(name), sheet(ROWS)).status_code == 403
    assert all_of(Intake) == []


def test_a_draft_is_its_owners_alone_and_the_register_everybodys_who_looks_after_it(browse):
    clerk = browse("李经办")
    page = send(clerk, sheet(ROWS)).headers["Location"]
    other = browse("孙纪检")
    assert "新禾合作社" not in other.get(page).text
    assert other.post(f"{page}/confirm", {"seen": ""}).status_code == 404
    assert other.post(f"{page}/undo").status_code == 403
    assert "花名册.xlsx" in other.get("/admin/intake/").text
    assert browse("赵包抓").get(page).status_code == 404


@pytest.mark.parametrize(("data", "said"), [
    (b"", "请选择表格文件"), (b"%PDF-1.7", "不能导入PDF"), (b"PK\x03\x04nonsense", "打不开"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "打不开"),
    ("无关,内容\n一,二\n".encode(), "没有认出表头"), ("名称,所在村\n".encode(), "没有内容"), (b"\x89PNG", "图片"),
])  # fmt: skip
def test_what_is_no_sheet_is_refused_in_plain_words(browse, data, said):
    answer = send(browse("李经办"), data, name="花名册.xlsx" if data else "")
    assert answer.status_code == 422
    assert said in answer.text
    assert all_of(Intake) == []


def test_cells_that_mean_trouble_stay_words(browse):
    clerk = browse("李经办")
    name = "<script>alert(1)</script>"
    page = paste(clerk, f"名称\t所在村\t备注\n{name}\t东岭村\t=HYPERLINK(1)\n").headers["Location"]
    assert name not in clerk.get(page).text
    confirm(clerk, page)
    assert shop(name).note == "=HYPERLINK(1)"


FITTING = {"Area": {"层级": "网格", "上级": "东岭村", "区划代码": ""}, "Letter": {"年度": "2026", "门店（单位）": ""}, "Team": {"隶属": ""}}


def fitting(label, head):
    values = {"名称": "新的一条", "姓名": "新来的人", "灯杆编号": "D-01", "单位名称": "新的单位"}
    return values.get(label, head)


@pytest.mark.parametrize("name", OFFERED)
def test_each_ledgers_blank_filled_in_goes_in_once_and_comes_out_again(browse, name):
    clerk, table, model = browse("李经办"), name.lower(), getattr(models, name)
    with working(db.engine, system("测试")) as session:
        make(session, models.Team, name="现有的小组")
        record(session, "town.filled", "town", by=system("测试"), now=NOW)
        session.commit()
    book = openpyxl.load_workbook(io.BytesIO(clerk.get(f"/intake/to/{table}/blank.xlsx").data))
    page, guide = book.worksheets[0], book["填写说明"]
    told = {row[0]: row for row in guide.iter_rows(min_row=7, values_only=True)}
    heads = [cell.value for cell in page[1]]
    assert any(head.startswith("*") for head in heads)
    labels = [head.strip("*") for head in heads]
    optional = {"设立日期", "撤销日期", "终止日期", "离任日期", "停用日期", "离岗日期", "外出起", "外出止", "状态", "状态日期", "统一社会信用代码", "离任原因", "终止原因"}
    row = []
    for label in labels:
        _name, required, _help, example = told[label][:4]
        value = FITTING.get(name, {}).get(label, example or (fitting(label, "某某") if required or label in {"名称", "姓名"} else ""))
        row.append("" if label in optional and not required else value)
    page.append(row)
    out = io.BytesIO()
    book.save(out)
    before = len(all_of(model))
    sent = send(clerk, out.getvalue(), table)
    assert sent.status_code == 303, sent.text
    text = clerk.get(sent.headers["Location"]).text
    assert '新增<span class="chip-count">1</span>' in text, text.split("<main")[1]
    confirm(clerk, sent.headers["Location"])
    assert len(all_of(model)) == before + 1
    again = clerk.get(send(clerk, out.getvalue(), table).headers["Location"]).text
    assert "没有要写入的" in again, again.split("<main")[1]
    clerk.post(f"{sent.headers['Location']}/undo")
    assert len(all_of(model)) == before


@pytest.fixture
def desk(app, clock):
    return Desk(db.engine, app.config["LIANXIN"], lambda: clock.now)


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr("services.intake.plan.AT_ONCE", 3)
    monkeypatch.setattr("services.intake.confirming.A_STEP", 2)


LONG = "名称\t所在村\t状态\n" + "".join(f"连锁{n}店\t东岭村\t\n" for n in range(1, 6)) + "停了的店\t东岭村\t停业\n"


def test_a_long_sheet_is_written_by_a_job_and_what_the_rules_refuse_is_listed(browse, small_steps, desk):
    clerk = browse("李经办")
    page = paste(clerk, LONG).headers["Location"]
    assert "将在后台写入" in clerk.get(page).text
    confirm(clerk, page)
    assert "正在排队" in clerk.get(page).text or "已处理" in clerk.get(page).text
    assert all_of(Enterprise, Client.name.startswith("连锁")) == []
    assert run_due(desk, JOBS) == {"done": 1}
    assert len(all_of(Enterprise, Client.name.startswith("连锁"))) == 5
    (line,) = all_of(Intake)
    assert (line.state, line.added, line.wrong) == (IntakeState.DONE, 5, 1)
    assert "第7行：请填写停业的原因" in clerk.get(page).text
    assert any(row.link == page for row in all_of(Notice))
    clerk.post(f"{page}/undo")
    assert all_of(Enterprise, Client.name.startswith("连锁")) == []


def fails_in_the_second_step(patch):
    """The first question is for the whole sheet, then there are two for each step."""
    asked, real = [], drafts.plan_of

    def ask(*args):
        asked.append(1)
        if len(asked) == 4:
            raise OSError("power cut")
        return real(*args)

    patch.setattr("services.intake.drafts.plan_of", ask)


def test_a_job_cut_off_goes_on_where_it_was_and_writes_nothing_twice(browse, small_steps, desk, clock, monkeypatch):
    clerk = browse("李经办")
    confirm(clerk, paste(clerk, LONG).headers["Location"])
    fails_in_the_second_step(monkeypatch)
    assert run_due(desk, JOBS) == {"retry": 1}
    assert len(all_of(Enterprise, Client.name.startswith("连锁"))) == 2
    clock.pass_by(minutes=3)
    assert run_due(desk, JOBS) == {"done": 1}
    assert len(all_of(Enterprise, Client.name.startswith("连锁"))) == 5
    assert all_of(Intake)[0].added == 5


def test_a_job_that_fails_for_good_says_so_and_what_it_wrote_can_be_undone(browse, small_steps, desk, clock, monkeypatch):
    clerk = browse("李经办")
    page = paste(clerk, LONG).headers["Location"]
    confirm(clerk, page)
    asked, real = [], drafts.plan_of

    def fails_after_the_first_step(*args):
        asked.append(1)
        if len(asked) > 3:
            raise OSError("no more")
        return real(*args)

    monkeypatch.setattr("services.intake.drafts.plan_of", fails_after_the_first_step)
    for _attempt in range(MAX_ATTEMPTS):
        run_due(desk, JOBS)
        clock.pass_by(minutes=33)
    (line,) = all_of(Intake)
    assert (line.state, line.added) == (IntakeState.FAILED, 2)
    browse("李经办").post(f"{page}/undo")
    assert all_of(Enterprise, Client.name.startswith("连锁")) == []


def visits(clerk, desk, monkeypatch, rows):
    """How often a job of so many rows goes over a row: in its sheet, and beside the ledger."""
    text = "名称\t所在村\n" + "".join(f"连锁{rows}之{n}店\t东岭村\n" for n in range(rows))
    confirm(clerk, paste(clerk, text).headers["Location"])
    seen = []
    with monkeypatch.context() as patch:
        for module, name in ((headings, "is_remark"), (plan, "Entry")):
            real = getattr(module, name)
            patch.setattr(module, name, lambda one, real=real: seen.append(1) or real(one))
        assert run_due(desk, JOBS) == {"done": 1}
    assert all_of(Intake)[-1].added == rows
    return len(seen)


def test_three_times_the_rows_are_three_times_the_work(browse, small_steps, desk, monkeypatch):
    clerk = browse("李经办")
    few, many = (visits(clerk, desk, monkeypatch, rows) for rows in (8, 24))
    assert many <= 1.5 * 3 * few
    assert few <= 5 * 8


def test_rows_that_clash_across_the_steps_of_a_job_are_written_once(browse, small_steps, desk):
    clerk = browse("李经办")
    confirm(clerk, paste(clerk, LONG + "连锁1店\t东岭村\t\n").headers["Location"])
    assert run_due(desk, JOBS) == {"done": 1}
    assert len(all_of(Enterprise, Client.name == "连锁1店")) == 1
    assert (all_of(Intake)[0].added, all_of(Intake)[0].wrong) == (5, 2)


def test_what_somebody_changed_while_a_job_was_cut_off_is_not_overwritten(browse, small_steps, desk, clock, monkeypatch):
    clerk = browse("李经办")
    confirm(clerk, paste(clerk, LONG.replace("状态", "联系人").replace("\t\n", "\t表里的\n").replace("停业", "")).headers["Location"])
    with monkeypatch.context() as patch:
        fails_in_the_second_step(patch)
        assert run_due(desk, JOBS) == {"retry": 1}
    amend(Enterprise, "连锁1店", contact="别人刚改的")
    clock.pass_by(minutes=3)
    assert run_due(desk, JOBS) == {"done": 1}
    assert [shop(f"连锁{n}店").contact for n in (1, 2, 5)] == ["别人刚改的", "表里的", "表里的"]


def test_a_draft_nobody_decides_loses_its_content_in_a_week(browse, clock):
    clerk = browse("李经办")
    send(clerk, sheet(ROWS))
    clock.pass_by(days=7, minutes=1)
    assert drafts.drop_stale(db.engine, clock.now, "") == {"dropped": 1}
    (line,) = all_of(Intake)
    assert (line.state, line.draft) == (IntakeState.DROPPED, None)


def test_people_of_one_name_are_told_apart_by_their_place(browse, town):
    with working(db.engine, system("测试")) as session:
        for village in ("东岭村", "西沟村"):
            session.add(Cadre(name="张重名", area=session.get_one(models.Area, town.areas[village]), post="网格员"))
        record(session, "test.made", "town", by=system("测试"), now=NOW)
        session.commit()
    clerk = browse("李经办")
    head = "责任层级\t责任人\t起始日期\t所在村\n"
    level = next(iter(models.Charge.__table__.c.level.type.python_type)).label
    vague = paste(clerk, f"{head}{level}\t张重名\t2026.3.1\t东岭村\n", "charge").headers["Location"]
    assert "请写明是哪一个：张重名（东岭村）、张重名（西沟村）" in clerk.get(vague).text
    clear = paste(clerk, f"{head}{level}\t张重名(西沟村)\t2026.3.1\t东岭村\n", "charge").headers["Location"]
    confirm(clerk, clear)
    assert [row.since for row in all_of(models.Charge)] == [date(2026, 3, 1)]
