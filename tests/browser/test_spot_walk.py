"""A spot check from the frozen list to the corrected finding and the report, driven by clicks."""

from datetime import timedelta

import pytest
from docx import Document

from models import Area, Cadre, Order, Unit
from models.access.actor import system
from models.audit import record
from rules.orders import OrderState
from rules.places import UnitKind
from tests.browser.test_month import enter as enter
from tests.browser.test_month import house as house
from tests.office import Office

pytestmark = pytest.mark.browser
RATED = {"东岭合作社": "satisfied", "西沟农场": "satisfied", "南坪小店": "satisfied", "北塬饭店": "satisfied"}
DICE = "3 1 4 1 5 2 6 5 3 5 4 2 6 3 1 2 4 6 6 1"


def apart(house) -> None:
    """孙纪检 sits in an office of his own, and the month is answered."""
    with house.work() as session:
        unit = Unit(name="纪委办公室", kind=UnitKind.OFFICE, area=session.get_one(Area, house.town.areas["样例乡"]))
        session.get_one(Cadre, house.town.cadres["孙纪检"]).unit = unit
        record(session, "test.moved", "纪委", by=system("测试"), now=house.now)
        session.commit()
    Office(house.town, house).month(**RATED)


def answer(person, level: str):
    """The questions of one call, by thumb."""
    for words in ("2次", "自己评的", level, "解决了"):
        person.page.locator(".answer", has_text=words).filter(has_not_text="没").filter(has_not_text="不").filter(has_not_text="非常").first.click()
    return person.press("保存，下一户")


def later(house, enter):
    """Half an hour on; who was idle signs in again."""
    house.now += timedelta(minutes=31)
    house.signed_in.clear()
    return enter("孙纪检")


def test_from_the_frozen_list_to_the_report(house, enter, tmp_path):
    apart(house)
    inspector = enter("孙纪检")
    page = inspector.open("/draws/new")
    page.fill("#purpose", "十一月测评抽查")
    page.select_option("#kind", "ballots")
    page.select_option("#method", "phone")
    page.fill("#size", "3")
    inspector.press("固定名单")
    inspector.press("公布承诺值")
    page.fill("#dice", DICE)
    inspector.press("抽取")
    inspector.press("去核查")
    desk = page.url.removeprefix(house.address)
    inspector.shoot("desk")
    assert "回答与台账对照" not in page.content()
    answer(inspector, "满意")
    answer(inspector, "一般")
    assert inspector.says("台账与电话不一致")
    inspector.shoot("desk-beside")
    page.fill("#reason", "店主说是别人替他点的")
    inspector.press("保存，下一户")
    for time in range(3):
        if time:
            inspector = later(house, enter)
            inspector.open(desk)
        inspector.press("无人接听")
    inspector.shoot("desk-replaced")
    answer(inspector, "满意")
    assert inspector.says("名单上的都办完了")
    inspector.press("看结果、结束抽查")
    inspector.press("去结束抽查")
    inspector.press("结束抽查")
    inspector.press("抽查结果")
    inspector.press("生成督办单")
    inspector.shoot("results", full=True)
    (order,) = house.all(Order)
    follow(house, enter, order)
    with inspector.page.expect_download() as wanted:
        inspector.page.locator("a", has_text="报告（Word）").click()
    path = tmp_path / wanted.value.suggested_filename
    wanted.value.save_as(path)
    inspector.trouble[:] = [one for one in inspector.trouble if not one.startswith("failed")]  # a download ends its navigation
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert all(words in text for words in ("抽中3户，应答3户", "不一致1户", "3次无人接听", order.number, "已核实"))


def follow(house, enter, order) -> None:
    """Signed by the leader, answered by the person, verified."""
    name = next(name for name, number in house.town.cadres.items() if number == order.cadre_id)
    leader, cadre, path = enter("王主任"), enter(name, 390), f"/orders/{order.id}"
    leader.open(path).fill("[name=feedback]", "电话核对与台账评价不一致")
    leader.page.fill("[name=request]", "一周内上门核对，不得替企业评价")
    leader.press("签发")
    cadre.open(path)
    cadre.press("签收")
    cadre.page.fill("[name=text]", "已上门核对，企业了解了怎样评价。")
    cadre.press("答复")
    leader.open(path).fill("[name=remark] >> nth=0", "电话核实属实")
    leader.press("核实通过")
    assert house.all(Order)[0].state is OrderState.VERIFIED
