"""A month from the first roster to the cadre's answer, driven by clicks."""

import threading
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from PIL import Image
from werkzeug.serving import make_server

from models import Ballot, Invitation, Order, Round
from rules.invitations import InvitationState
from rules.orders import OrderState
from rules.rounds import RoundState
from tests.browser.conftest import Eyes
from tests.browser.phones import Phone, Quiet
from tests.conftest import NOW
from tests.house import House, house_in

pytestmark = pytest.mark.browser
ROUND = 1
SAMPLES = Path(__file__).parent.parent / "samples"
TICK = """() => document.querySelectorAll('[name=row]').forEach(box => {
  box.checked = /赵包抓|钱包保/.test(box.closest('label').innerText) })"""


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW) as house:
        server = make_server("127.0.0.1", 0, house.app, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        house.signed_in = {}
        house.address = f"http://127.0.0.1:{server.server_port}"
        yield house
        server.shutdown()
        thread.join()
        server.server_close()


class Person(Eyes):
    """Somebody signed in; `press` clicks a button by its words and says yes to what is asked."""

    def __init__(self, chromium, house: House, name: str, width: int = 1366) -> None:
        super().__init__(chromium, house.address, width, 768 if width > 768 else 844)
        if name not in house.signed_in:  # a person may use two devices; his third would turn the first out
            house.signed_in[name] = list(house.as_(name).client._cookies.values())
        cookies = house.signed_in[name]
        self.context.add_cookies(
            [{"name": one.decoded_key, "value": one.value, "url": house.address} for one in cookies]
        )
        self.page.on("dialog", lambda asked: asked.accept())
        self.page.set_default_timeout(60_000)
        self.width = width

    def press(self, words: str):
        self.page.locator("main button:visible, main a.btn:visible", has_text=words).first.click()
        self.page.wait_for_load_state("networkidle")
        return self.page

    def says(self, words: str) -> bool:
        return words in self.page.inner_text("main")

    def save(self, kind: str, folder):
        with self.page.expect_download() as wanted:
            self.page.click(f"a.door[href*='{kind}']")
        path = folder / wanted.value.suggested_filename
        wanted.value.save_as(path)
        self.trouble[:] = [
            one for one in self.trouble if not one.startswith("failed")
        ]  # a download ends its navigation
        return path


@pytest.fixture
def enter(chromium, house):
    """`enter("李经办")`: that person at a screen; at the end nothing may have gone wrong on it."""
    people: list[Person] = []

    def come(name: str, width: int = 1366) -> Person:
        people.append(Person(chromium, house, name, width))
        return people[-1]

    yield come
    for one in people:
        one.context.close()
        assert one.trouble == []


def rate(chromium, house: House, code: str, level: str, again: str = "") -> str:
    """Scan at 390 px without script, choose, press; a reason is asked for “一般” and below."""
    phone = Phone(chromium, house.address, 390)
    phone.scan(code, f"?change={again}" if again else "")
    phone.page.click(f".o:has([value={level}]) label")
    phone.page.locator("button").first.click()
    if phone.page.locator("input[name=reason]").count():
        phone.page.locator(".o label").first.click()
        phone.page.locator("button").first.click()
    text = phone.page.inner_text("body")
    phone.context.close()
    return text


def import_rosters(clerk: Person) -> None:
    for name, first in (("rosters-merged.docx", True), ("rosters.xlsx", False)):
        page = clerk.open("/imports/new")
        page.set_input_files("#file", SAMPLES / name)
        clerk.press("上传并预览")
        assert clerk.says("都已在册") is not first
        clerk.press("确认导入")
        assert (page.locator("a.task").count() > 0) is first
        if first:
            page.click("a.task >> nth=0")
        while page.url.rsplit("/", 2)[-2] == "doubts":
            page.check("input[value=confirmed]")
            page.fill("#remark", "电话核实过")
            page.click(".save .btn-primary")
            page.wait_for_load_state("networkidle")
    assert clerk.open("/admin/").locator("text=名单疑点").count() == 0


def start(clerk: Person) -> dict[str, str]:
    """Open the month, print four slips and a plate; returns {shop: code} as read off the paper."""
    clerk.open("/rounds/")
    clerk.press("开启2026年11月测评")
    assert clerk.says("打印评价单")
    page = clerk.press("打印评价单")
    page.evaluate(TICK)
    page.click("text=打印勾选的")
    slips = page.eval_on_selector_all(
        ".slip", "all => all.map(s => [s.querySelector('.shop').innerText, s.querySelector('.address').innerText])"
    )
    page.click(".desk a")
    page.wait_for_selector("[name=row]")
    assert page.locator("[name=row]:checked").count() == 4
    clerk.press("标记已送达")
    assert clerk.says("已标记送达 4 份")
    return {shop.split(" · ")[0]: address.rsplit("/", 1)[1] for shop, address in slips}


def on_paper(clerk: Person, photo) -> None:
    """One answer from paper, first without its photo; one refusal."""
    page = clerk.open(f"/rounds/{ROUND}?chip=silent")
    page.locator("a", has_text="代录").first.click()
    page.check("[name=channel][value=paper]")
    page.check("[name=level][value=satisfied]")
    page.fill("#remark", "店主说都好")
    page.click("[data-save]")
    assert clerk.says("要附原件照片")
    assert page.input_value("#remark") == "店主说都好"
    clerk.trouble.clear()
    page.set_input_files("#photo", photo)
    page.click("[data-save]")
    assert clerk.says("已代录一份")
    page.locator("button", has_text="登记").first.click()
    page.locator("button.dropdown-item:visible", has_text="拒答").click()
    assert clerk.says("已登记")


def test_a_month_from_the_roster_to_the_cadres_answer(chromium, house, enter, tmp_path) -> None:
    photo = tmp_path / "paper.jpg"
    Image.new("RGB", (600, 800), "#ddd").save(photo)
    clerk = enter("李经办")
    import_rosters(clerk)
    codes = start(clerk)

    fair, changed, third = list(codes)[:3]
    assert "交卷成功" in rate(chromium, house, codes[fair], "fair")
    assert "交卷成功" in rate(chromium, house, codes[changed], "dissatisfied")
    asked = next(one for one in house.all(Invitation) if one.client_id == house.town.shops[changed])
    assert "交卷成功" in rate(chromium, house, codes[changed], "satisfied", again=asked.serial)
    assert "交卷成功" in rate(chromium, house, codes[third], "very-satisfied")

    clerk.open(f"/rounds/{ROUND}")
    clerk.page.click("main button:text-is('催评')")
    assert clerk.says("家发出催评")
    on_paper(clerk, photo)
    assert len(house.all(Ballot)) == 4
    assert sum(one.state is InvitationState.REFUSED for one in house.all(Invitation)) == 1

    clerk.open(f"/rounds/{ROUND}")
    clerk.press("月末结账")
    for words in ("截止，下一步", "核对完成，下一步", "数字无误，下一步", "下一步", "归档并出表"):
        clerk.press(words)
    assert house.all(Round)[0].state is RoundState.FROZEN
    sheet, notice = clerk.save("sheet", tmp_path), clerk.save("notice", tmp_path)
    cells = [cell for row in openpyxl.load_workbook(sheet)["总表"].iter_rows(values_only=True) for cell in row]
    words = "\n".join(one.text for one in Document(notice).paragraphs)
    assert "收回" in cells
    assert "收回4份，拒答1家次" in words
    assert changed not in words

    order = house.all(Order)[0]
    leader = enter("王主任")
    leader.open(f"/rounds/{ROUND}")
    leader.press("查看答卷")
    leader.page.fill("main textarea", "签发前核对")
    leader.press("记下理由并查看")
    assert leader.says(fair)
    leader.open(f"/orders/{order.id}")
    leader.page.fill("[name=feedback]", "企业反映上门少。")
    leader.press("签发")
    assert leader.says("王主任签发")

    cadre = enter("赵包抓", 390)
    page = cadre.open("/today/")
    assert not cadre.says(fair + "评")
    page.click("a.task >> nth=0")
    assert cadre.says("企业反映上门少。")
    assert page.locator("text=一般").count() == page.locator("text=“一般”").count()  # the rule's words, nobody's answer
    cadre.press("签收")
    page.locator("main textarea:visible").first.fill("已逐户上门，把提的事逐件办了。")
    cadre.press("答复")
    leader.open(f"/orders/{order.id}")
    leader.page.locator("main textarea:visible").first.fill("电话回访属实。")
    leader.press("核实通过")
    leader.press("销号")
    assert house.all(Order)[0].state is OrderState.CANCELLED
