"""The daily jobs, each from the person's first page, with the presses counted by the browser itself: five at most."""

import pytest

from models import Round, db
from models.access.actor import system
from models.access.session import working
from services.rounds.closing import close
from tests.browser.conftest import Eyes
from tests.browser.desk import CADRE, CLERK, LEADER, THURSDAY, standing

pytestmark = pytest.mark.browser
COUNT = "addEventListener('pointerdown', e => e.isTrusted && window.pressed(), true)"
HEADS = ("序号", "村（社区）", "企业名称", "负责人", "联系电话", "包保责任人", "单位", "责任人电话")


@pytest.fixture(scope="module")
def desk(empty_home, tmp_path_factory):
    with standing(empty_home, tmp_path_factory.mktemp("clicks")) as desk:
        yield desk


class Hand(Eyes):
    """A person who presses; every press and every yes to a question counts."""

    def __init__(self, chromium, desk, login, width=1366):
        super().__init__(chromium, desk.address, width, 844)
        self.presses = 0
        self.context.add_cookies(desk.cookies(login))
        self.context.expose_function("pressed", self.count)
        self.context.add_init_script(COUNT)
        self.page.on("dialog", self.agree)
        self.open("/")

    def count(self):
        self.presses += 1

    def agree(self, asked):
        self.presses += 1
        asked.accept()

    def press(self, words, within="main"):
        self.page.locator(f"{within} :is(a, button, label):visible", has_text=words).first.click()
        self.page.wait_for_load_state("networkidle")

    def says(self, words):
        return words in self.page.inner_text("main")


@pytest.fixture
def hand(chromium, desk):
    hands = []

    def take(login, width=1366):
        hands.append(Hand(chromium, desk, login, width))
        return hands[-1]

    yield take
    for one in hands:
        one.context.close()
        assert one.trouble == []


def test_the_counter_counts_presses_and_not_scripts(hand):
    clerk = hand(CLERK)
    clerk.page.evaluate("document.querySelector('main a').dispatchEvent(new PointerEvent('pointerdown'))")
    assert clerk.presses == 0
    clerk.press("测评轮次", within="nav")
    assert clerk.presses == 1


def test_the_clerk_reminds_those_who_have_not_answered(hand):
    clerk = hand(CLERK)
    clerk.press("还没评")
    clerk.page.click("main button:text-is('催评')")
    clerk.page.wait_for_load_state("networkidle")
    assert clerk.says("家发出催评")
    assert clerk.presses <= 4


def test_the_clerk_takes_in_forty_shops(hand):
    clerk = hand(CLERK)
    clerk.press("导入名单", within="nav")
    lines = [(n, "东岭村", f"样例第{n}商店", "店主", f"199000000{n:02}", "周样例", "样例站", "19900000077") for n in range(1, 41)]
    file = "\n".join("\t".join(map(str, line)) for line in (HEADS, *lines)).encode()
    with clerk.page.expect_file_chooser() as asked:
        clerk.page.click("#file")
    asked.value.set_files({"name": "名单.tsv", "mimeType": "text/tab-separated-values", "buffer": file})
    clerk.press("上传并预览")
    clerk.press("确认导入 40 行")
    assert clerk.says("40")
    assert clerk.says("撤销本次导入")
    assert clerk.presses <= 5


def test_the_clerk_prints_slips_for_those_whom_no_message_reaches(hand):
    clerk = hand(CLERK)
    clerk.press("还没评")
    clerk.press("打印评价单")
    clerk.press("打印勾选的")  # those without phone and plate are ticked already
    assert clerk.page.locator(".slip").count()
    assert clerk.presses <= 4


def test_the_clerk_enters_what_a_shop_said_on_the_telephone(hand):
    clerk = hand(CLERK)
    clerk.press("还没评")
    clerk.press("代录")
    clerk.press("电话")
    clerk.press("满意")
    clerk.page.fill("#remark", "电话里说都好")
    clerk.press("保存")
    assert clerk.says("已代录一份")
    assert clerk.presses <= 5


def test_a_cadre_answers_his_order(hand):
    cadre = hand(CADRE, width=390)
    cadre.press("办")
    cadre.press("签收")
    cadre.page.locator("textarea:visible").first.fill("已逐户上门，用电增容的事当天办结，另两件约定周五前回话。")
    cadre.press("答复")
    assert cadre.says("已办理：答复")
    assert cadre.presses <= 4


def test_a_leader_signs_an_order_with_a_line_of_his_own(hand):
    leader = hand(LEADER)
    leader.press("待签发")
    leader.page.locator("main table a:visible").first.click()
    leader.page.wait_for_load_state("networkidle")
    leader.page.locator("textarea:visible").first.fill("企业反映上门少。")
    leader.press("签发")
    assert leader.says("已办理：签发")
    assert leader.presses <= 5


def closed_by_itself(desk) -> None:
    """As the sweep does at the end of the last day."""
    with working(db.engine, system("截止")) as session:
        close(session, session.get_one(Round, desk.open), by=system("截止"), now=THURSDAY)
        session.commit()


def test_the_clerk_closes_the_month(hand, desk):
    closed_by_itself(desk)
    clerk = hand(CLERK)
    clerk.press("等您结账")
    for step in range(2, 6):
        clerk.page.wait_for_selector(f".stage:nth-child({step})[aria-current]")
        clerk.page.click(".save-bar .btn-primary")
    clerk.page.wait_for_selector("text=快照编号")
    assert clerk.presses <= 5
