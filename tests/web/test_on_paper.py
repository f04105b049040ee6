"""A list on paper: what is filtered and shown, masked, with who, when and a number, never without end."""

import re

import pytest
from sqlalchemy import select

from models import Export, db
from models.access.actor import system
from models.access.session import working
from rules.exporting import ExportState


def paper(browser, path="enterprise", **more):
    return browser.post(f"/exports/paper/{path}", more)


def lines():
    with working(db.engine, system("测试")) as session:
        return list(session.scalars(select(Export)))


def test_paper_says_whose_it_is_and_is_on_the_register(browse):
    text = paper(browse("李经办")).text
    (line,) = lines()
    for said in ("企业档案", "单位：样例乡", "制表人：李经办", "审核（签字）", "打印时间：20", "第 {n} 页，共 {m} 页", f"编号：{line.number}"):
        assert said in text
    assert (line.state, line.rows, line.personal, line.kind, len(line.digest)) == (ExportState.READY, 4, 4, "paper", 64)
    assert "打印" in browse("郑审计").get(f"/admin/export/details/?id={line.id}").text


def test_paper_holds_what_is_filtered_and_no_telephone(browse):
    clerk = browse("李经办")
    text = paper(clerk, "enterprise?search=东岭").text
    assert "东岭合作社" in text
    assert "西沟农场" not in text
    assert "关键字“东岭”" in text
    assert re.findall(r"199\d{8}", paper(clerk).text) == []


def test_columns_put_away_on_the_screen_stay_away(browse):
    clerk = browse("李经办")
    heads = re.findall("<th scope=\"col\">(.*?)</th>", paper(clerk).text)
    fewer = re.findall("<th scope=\"col\">(.*?)</th>", paper(clerk, off="area,name,nonsense").text)
    assert set(heads) - set(fewer) == {"所在村"}
    assert lines()[1].columns == "、".join(fewer)


@pytest.mark.parametrize(("most", "status"), [(4, 200), (3, 303)])
def test_too_long_a_list_is_sent_back_with_what_to_do(browse, monkeypatch, most, status):
    monkeypatch.setattr("services.exports.printing.ON_PAPER", most)
    clerk = browse("李经办")
    answer = paper(clerk)
    assert answer.status_code == status
    if status == 303:
        assert f"一次最多打印 {most} 条" in clerk.get(answer.headers["Location"]).text
        assert lines() == []


def test_an_empty_list_is_an_empty_sheet(browse):
    assert "没有记录" in paper(browse("李经办"), "enterprise?search=没有这家").text


def test_whoever_may_not_take_the_list_out_gets_no_paper(browse):
    assert paper(browse("赵包抓")).status_code == 403
    assert paper(browse("李经办"), "account").status_code == 403
    assert 'aria-label="打印全部查到的"' in browse("李经办").get("/admin/enterprise/").text
    assert 'aria-label="打印全部查到的"' not in browse("赵包抓").get("/admin/assignment/").text
