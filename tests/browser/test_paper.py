"""The printed sheets fit their paper: no slip is cut, no empty page follows."""

import os
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.house import LONG, House, change, house_in

pytestmark = pytest.mark.browser
CUT = """() => [...document.querySelectorAll('.slip,.plate,.page')].filter(
  e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length"""


@pytest.fixture
def house(empty_home, tmp_path):
    with house_in(empty_home, tmp_path, NOW) as house:
        change(house, "东岭合作社", name=LONG)
        house.round = house.open()
        yield house


@pytest.fixture
def paper(chromium, house: House):
    """Shows what the clerk got, with this house's own style and script, and prints it."""
    context = chromium.new_context(viewport={"width": 900, "height": 1200}, locale="zh-CN")
    page, client = context.new_page(), house.as_("李经办")
    trouble: list[str] = []
    page.on("console", lambda line: trouble.append(line.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))

    def serve(route) -> None:
        path = route.request.url.removeprefix("http://localhost:9")
        answer = client.post(path, data=serve.data) if serve.data and route.request.is_navigation_request() else client.get(path)
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)
        answer.close()

    page.route("**/*", serve)

    def show(path: str, name: str, data: dict | None = None) -> tuple[int, int, list[str]]:
        serve.data = data
        page.goto(f"http://localhost:9{path}", wait_until="networkidle")
        cut = page.evaluate(CUT)
        sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        if os.environ.get("SHOTS"):
            folder = Path(os.environ["SHOTS"]) / "prints"
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}.png", full_page=True)
            page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
        return cut, sheets, trouble

    yield show
    context.close()


def test_four_slips_to_a_sheet_and_none_is_cut(house, paper) -> None:
    rows = [str(number) for number in range(1, 5)]
    assert paper(f"/rounds/{house.round}/slips", "slips", {"row": rows}) == (0, 1, [])


@pytest.mark.parametrize(("size", "sheets"), [("a5", 2), ("a4", 4)])
def test_plates_fill_their_paper(house, paper, size, sheets) -> None:
    rows = list(house.town.shops.values())
    assert paper("/plates", f"plates-{size}", {"row": rows, "size": size}) == (0, sheets, [])


def test_the_chasing_list_prints_on_one_sheet(house, paper) -> None:
    assert paper(f"/rounds/{house.round}/chase", "chase") == (0, 1, [])


@pytest.mark.parametrize("path", ["/rounds/1/slips", "/plates"])
def test_the_desk_says_nothing_in_the_console(house, paper, path) -> None:
    assert paper(path, path.strip("/").replace("/", "-"))[2] == []
