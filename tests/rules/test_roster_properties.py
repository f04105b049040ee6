"""Whatever the order, the names and the company of its columns, a roster says the same."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.rosters.analysis import analyse
from rules.rosters.credentials import redact
from rules.rosters.grid import Cell, Grid, Row
from tests.roster_source import SECRETS, Table, cadre_table, leader_table

NAMES = {
    "责任人": ["责任人", "包保干部", "责 任 人", "包抓干部", "包保责任人", "干部姓名"],
    "电话": ["责任人电话", "干部手机", "电话", "联系电话"],
    "账号": ["账号", "帐 号", "用户名", "登录名"],
    "密码": ["密码", "口 令", "password", "初始密码", "备用", "验证", "", "系统2", "Pwd"],
    "包保企业": ["包保企业", "企业名称", "包保企业名称", "市场主体", "商户"],
    "企业电话": ["企业电话", "企业联系电话", "经营者电话", "店主手机"],
}
NOISE = {
    "行业": ["养殖", "餐饮", "零售"],
    "入驻时间": ["2023-11-01", "2023/9/1", "2022年3月"],
    "许可证号": ["JY162010001", "JY162010002", "JY162010003"],
    "车牌": ["甘E12345", "甘E54321", ""],
    "经度": ["105.123", "106.2", ""],
}


def grid(title: str, header: list[str], rows: list[list[str]]) -> Grid:
    lines = [[title], ["填报单位：  时间：2023年11月"], header, *rows, ["合计"], ["注：实行动态管理。"]]
    return Grid(title, tuple(Row(at, tuple(map(Cell, line))) for at, line in enumerate(lines, start=1)))


@st.composite
def shuffled(draw: st.DrawFn, table: Table) -> Grid:
    noise = draw(st.lists(st.sampled_from(sorted(NOISE)), unique=True, max_size=3))
    columns = [
        (draw(st.sampled_from(NAMES.get(name, [name]))), [row[at] for row in table.rows])
        for at, name in enumerate(table.header)
    ]
    columns += [(name, [NOISE[name][at % 3] for at in range(len(table.rows))]) for name in noise]
    order = draw(st.permutations(columns))
    title = draw(st.sampled_from([table.title, "附件", f"{table.title}（初始密码{SECRETS[0]}）"]))
    if title == "附件":
        order = [(table.header[3] if table.header[3] == name else name, cells) for name, cells in order]
    return grid(
        title,
        [name for name, _ in order],
        [list(row) for row in zip(*[cells for _, cells in order], strict=True)],
    )


def told(*grids: Grid) -> dict:
    report = analyse(grids).to_json()
    for finding in report["findings"]:
        del finding["source"]
    return report


PLAIN = told(
    grid("领导包抓企业责任清单", leader_table().header, leader_table().rows),
    grid("干部包保责任清单", cadre_table().header, cadre_table().rows),
)


@settings(max_examples=150, deadline=None)
@given(shuffled(leader_table()), shuffled(cadre_table()))
def test_the_order_and_names_of_columns_do_not_matter(leaders, cadres):
    found = told(leaders, cadres)
    in_titles = sum(SECRETS[0] in item.title for item in (leaders, cadres)) * 2
    assert found["credentials_discarded"] == PLAIN["credentials_discarded"] + in_titles
    assert found | {"credentials_discarded": 13} == PLAIN


@settings(max_examples=60, deadline=None)
@given(shuffled(cadre_table()))
def test_no_credential_survives(cadres):
    clean = redact([cadres])
    said = repr(clean) + repr(analyse([cadres])) + json.dumps(told(cadres), ensure_ascii=False)
    assert not any(secret in said for secret in SECRETS)
    assert redact(clean) == clean


secret = st.from_regex(r"[A-Z][a-z]{2,5}[0-9]{3,5}[@#!$]", fullmatch=True)
place = st.sampled_from(["note", "title", "remark", "contact", "person", "header", "phone", "unknown"])


@settings(max_examples=200, deadline=None)
@given(
    secret,
    place,
    st.sampled_from(["{}", "密码：{}", "初始密码{}", "账号:abcd 密码:{}", "口令 为 {}", "pwd={}"]),
)
def test_a_credential_in_the_wrong_place_is_removed_too(word, where, form):
    text = form.format(word)
    row = {
        "责任人": "秦甲",
        "电话": "19900000001",
        "包保企业": "小麦蛋糕",
        "企业联系人": "马万壬",
        "备注": "",
        "其他": "",
    }
    column = {"note": "备注", "contact": "企业联系人", "person": "责任人", "phone": "电话", "unknown": "其他"}
    row |= {column[where]: text} if where in column else {}
    header = [f"{name}（{text}）" if where == "header" and name == "备注" else name for name in row]
    made = grid(text if where == "title" else "清单", header, [list(row.values())])
    if where == "remark":
        made = Grid("清单", (*made.rows, Row(9, (Cell(f"注：{text}"),))))
    clean = redact([made])
    assert word not in repr(clean)
    assert sum(item.discarded.cells for item in clean) >= 1 or where == "title"
    assert word not in repr(analyse(clean))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_no_grid_makes_the_reader_stumble(lines):
    header = ["责任人", "电话", "密码", "包保企业", "企业电话", "备注"]
    rows = [
        Row(at, tuple(map(Cell, line)))
        for at, line in enumerate([header, ["秦甲", "", "", "小店"], *lines], 1)
    ]
    report = analyse([Grid("x", tuple(rows))])
    assert len(report.entries) + len(report.problems) == sum(
        len(table.source_rows) for table in report.tables
    )
