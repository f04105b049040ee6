"""Row by row: what is filled down, what is refused, what is left out."""

import pytest

from rules.errors import RuleBroken
from rules.rosters.analysis import analyse
from rules.rosters.grid import Cell, Grid, Row
from rules.rosters.report import RosterKind, RosterReport

HEADER = ["责任人", "电话", "包保企业", "企业电话", "所在村", "备注"]


def read(*lines: list[str], header: list[str] = HEADER, title: str = "干部包保责任清单") -> RosterReport:
    rows = [Row(at, tuple(map(Cell, line))) for at, line in enumerate([header, *lines], start=1)]
    return analyse([Grid(title, tuple(rows))])


def kinds(report: RosterReport) -> list[str]:
    return [finding.kind for finding in report.findings]


def test_the_first_row_without_a_person_is_refused_and_not_filled_from_nowhere():
    report = read(["", "", "小麦蛋糕", "19900000001"], ["秦  甲", "", "孙记餐饮店", "19900000002"])
    assert [(problem.code, problem.row, problem.source_row) for problem in report.problems] == [
        ("person-missing", 1, 2)
    ]
    assert [entry.row for entry in report.entries] == [2]


def test_only_the_person_goes_down_with_his_own_phone():
    report = read(["秦甲", "19900000009", "小麦蛋糕", "19900000001", "龙湾村", "旧"], ["", "", "孙记餐饮店"])
    second = report.entries[1]
    assert (second.person, second.person_phone) == ("秦甲", "19900000009")
    assert (second.contact_phone, second.place, second.note) == ("", "", "")


def test_the_next_person_does_not_inherit_a_phone():
    report = read(
        ["秦甲", "19900000009", "小麦蛋糕", "19900000001"], ["梁乙", "", "孙记餐饮店", "19900000002"]
    )
    assert report.entries[1].person_phone == ""


def test_a_phone_without_a_name_is_refused_with_the_rows_that_lean_on_it():
    report = read(["秦甲", "", "甲店"], ["", "19900000003", "乙店"], ["", "", "丙店"])
    assert [problem.row for problem in report.problems] == [2, 3]


def test_ditto_marks_mean_the_person_above():
    report = read(["秦甲", "", "甲店"], ["同上", "", "乙店"], ["〃", "", "丙店"])
    assert {entry.person for entry in report.entries} == {"秦甲"}


def test_after_a_subtotal_nobody_is_carried_on():
    report = read(["秦甲", "", "甲店"], ["小计", "", "1家"], ["", "", "乙店"])
    assert [problem.code for problem in report.problems] == ["person-missing"]
    assert [(ignored.source_row, ignored.kind) for ignored in report.ignored] == [(3, "total")]


def test_headers_of_a_page_break_notes_and_signatures_are_left_out():
    report = read(
        ["秦甲", "", "甲店"],
        HEADER,
        ["", "", "乙店"],
        ["合  计", "", "2"],
        ["注：本清单动态管理。"],
        ["填表人：马万壬", "", "审核人：秦甲"],
    )
    assert [entry.row for entry in report.entries] == [1, 2]
    assert [ignored.kind for ignored in report.ignored] == ["repeated-header", "total", "remark", "remark"]
    assert report.problems == ()


@pytest.mark.parametrize("total", [["12", "合计", "2"], ["", "小 计：", "2"], ["东岭村小计", "", "2"], ["合计12户"], ["本页共计", "", "2"]])
def test_a_line_of_sums_is_nobody(total):
    report = read(["秦甲", "", "甲店"], total, ["梁乙", "", "乙店"])
    assert [entry.person for entry in report.entries] == ["秦甲", "梁乙"]
    assert [ignored.kind for ignored in report.ignored] == ["total"]


@pytest.mark.parametrize("name", ["王小计", "累计平", "总计划"])
def test_a_person_whose_name_sounds_like_a_sum_is_somebody(name):
    assert [entry.person for entry in read([name, "", "甲店"]).entries] == [name]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["秦甲", "", "", "19900000001"], "enterprise-missing"),
        (["秦甲", "", "甲店", "1990000000"], "phone-bad"),
        (["秦甲", "199", "甲店", "19900000001"], "phone-bad"),
        (["秦甲", "", "甲店", "1.99E+10"], "phone-cut"),
        (["秦甲", "1.99000E+10", "甲店", "19900000001"], "phone-cut"),
        (["秦甲、梁乙", "", "甲店", ""], "person-several"),
        (["秦甲19900000001、梁乙19900000002", "", "甲店", ""], "person-several"),
        (["1", "", "甲店", ""], "person-unclear"),
        (["秦甲", "", "店" * 121, ""], "enterprise-too-long"),
    ],
)
def test_a_row_that_cannot_be_imported_says_why(line, code):
    report = read(["梁乙", "", "乙店"], line)
    assert [problem.code for problem in report.problems] == [code]
    assert "请" in report.refusals()[0]["message"]
    assert len(report.entries) == 1


def test_a_bad_phone_is_never_repeated_in_the_message():
    report = read(["秦甲", "", "甲店", "1990000000"])
    assert "1990000000" not in repr(report)


def test_names_of_one_kind_in_two_villages_stay_two_enterprises():
    report = read(
        ["秦甲", "", "便民商店", "19900000001", "龙湾村"], ["梁乙", "", "便民商店", "19900000002", "西沟村"]
    )
    assert report.to_json()["enterprises"] == 2
    assert kinds(report) == ["same-enterprise-name"]


def test_the_same_row_twice_is_one_assignment_and_is_shown():
    line = ["秦甲", "", "便民商店", "19900000001", "龙湾村"]
    report = read(line, line)
    assert report.to_json()["assignments"] == 1
    assert kinds(report) == ["duplicate-row"]


def test_a_cadre_who_is_also_the_contact_is_found_by_name():
    report = read(["秦甲", "甲店", "秦  甲19900000001"], header=["包保干部", "企业名称", "企业联系人"])
    assert kinds(report) == ["self-dealing"]


def test_a_cadres_phone_on_another_mans_enterprise_is_no_self_dealing():
    report = read(["秦甲", "19900000009", "甲店", "19900000001"], ["梁乙", "", "乙店", "19900000009"])
    assert kinds(report) == ["cadre-phone-on-enterprise"]


def test_of_two_phones_the_first_is_kept_and_the_other_shown():
    report = read(["秦甲", "", "甲店", "19900000001/19900000002"])
    assert report.entries[0].contact_phone == "19900000001"
    assert [(finding.kind, "199****0002" in str(finding.said)) for finding in report.findings] == [
        ("two-phones-in-cell", True)
    ]


def test_chinese_brackets_in_a_name_stay_as_written():
    report = read(["秦甲（副乡长）", "", "清水（龙湾）商贸  有限公司[bookmark: _GoBack]", "无"])
    entry = report.entries[0]
    assert (entry.person, entry.post) == ("秦甲", "副乡长")
    assert (entry.enterprise, entry.contact_phone) == ("清水（龙湾）商贸有限公司", "")


def test_namesakes_in_two_offices_are_asked_about():
    header = ["责任人", "工作单位", "企业名称", "企业电话"]
    report = read(
        ["秦甲", "党政办", "甲店", "19900000001"], ["秦甲", "司法所", "乙店", "19900000002"], header=header
    )
    assert kinds(report) == ["homonym"]


@pytest.mark.parametrize(
    ("heading", "title", "kind"),
    [
        ("包抓领导", "清单", RosterKind.LEADER),
        ("包保干部", "领导清单", RosterKind.CADRE),
        ("责任人", "领导包抓企业责任清单", RosterKind.LEADER),
        ("责任人", "干部包保责任清单", RosterKind.CADRE),
        ("责任人", "", RosterKind.CADRE),
    ],
)
def test_the_kind_of_list_is_told_by_heading_then_title(heading, title, kind):
    report = read(["秦甲", "甲店"], header=[heading, "企业名称"], title=title)
    assert report.tables[0].kind is kind


def test_a_table_of_something_else_is_no_roster():
    with pytest.raises(RuleBroken, match="责任人") as refused:
        read(["一", "二"], header=["日期", "事项"])
    assert refused.value.code == "no-roster-found"


def test_a_header_in_two_rows_is_read_as_one():
    rows = [
        ["序号", "包保责任人", "", "", "包保企业", "", "备注"],
        ["", "姓名", "电话", "密码", "名称", "电话", ""],
        ["1", "秦甲", "19900000009", "Abc12345@", "甲店", "19900000001", ""],
        ["2", "", "", "", "乙店", "19900000002", ""],
    ]
    report = analyse([Grid("", tuple(Row(at, tuple(map(Cell, row))) for at, row in enumerate(rows, 1)))])
    assert [(entry.person, entry.person_phone, entry.enterprise) for entry in report.entries] == [
        ("秦甲", "19900000009", "甲店"),
        ("秦甲", "19900000009", "乙店"),
    ]
    assert report.discarded.cells == 1


@pytest.mark.parametrize("heading", ["备用", "口 令词", "验证", "", "备注"])
def test_a_password_column_by_another_name_is_found_by_its_values(heading):
    lines = [
        ["秦甲", "Abc12345@", "甲店"],
        ["梁乙", "Abc12345@", "乙店"],
        ["", "", "丙店"],
        ["樊丙", "Xyz987!", "丁店"],
    ]
    report = read(*lines, header=["责任人", heading, "包保企业"])
    assert (report.discarded.cells, len(report.discarded.digests)) == (3, 2)
    assert "Abc12345" not in repr(report)


def test_a_leader_and_a_cadre_side_by_side_are_two_lists():
    header = ["单位名称", "联系人及电话", "包联领导", "包联干部", "联系电话"]
    report = read(
        ["甲店", "马万壬19900000001", "秦甲", "梁乙", "19900000009"],
        ["乙店", "豆小癸19900000002", "", "樊丙", "19900000008"],
        header=header,
        title="台账",
    )
    assert [(entry.kind.value, entry.person, entry.person_phone) for entry in report.entries] == [
        ("leader-roster", "秦甲", ""),
        ("leader-roster", "秦甲", ""),
        ("cadre-roster", "梁乙", "19900000009"),
        ("cadre-roster", "樊丙", "19900000008"),
    ]
    assert report.to_json()["assignments"] == 4
    assert kinds(report) == []


def test_a_password_in_the_account_column_is_counted():
    report = read(
        ["秦甲", "甲店", "账号：qinjia 密码：Abc12345@"], header=["责任人", "企业名称", "初始登录信息"]
    )
    assert report.discarded.cells == 1
