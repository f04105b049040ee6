"""An owner's phone: no script, and it counts what it fetches."""

import os
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler

SMALLEST_TARGET = 48


class Quiet(WSGIRequestHandler):
    def log(self, *args: object) -> None:
        pass


class Phone:
    """A phone without script that counts what it fetches and notes what it complains of."""

    def __init__(self, chromium, address: str, width: int, height: int = 844) -> None:
        self.address, self.fetched, self.trouble = address, [], []
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, is_mobile=True, has_touch=True, device_scale_factor=2,
            java_script_enabled=False, locale="zh-CN",
        )  # fmt: skip
        self.page = self.context.new_page()
        self.page.on("request", lambda one: self.fetched.append(one.url))
        self.page.on("console", lambda one: self.trouble.append(one.text))

    def scan(self, code: str, more: str = ""):
        self.fetched.clear()
        self.page.goto(f"{self.address}/s/{code}{more}", wait_until="networkidle")
        return self.page

    def shoot(self, name: str) -> None:
        if os.environ.get("SHOTS"):
            folder = Path(os.environ["SHOTS"]) / "owner"
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}.png", full_page=False)

    def overflow(self) -> tuple[int, int]:
        """Pixels by which the page is wider and taller than the screen."""
        size = self.page.viewport_size
        box = self.page.locator("html").bounding_box()
        inner = self.page.locator("main").bounding_box()
        return round(box["width"] - size["width"]), round(inner["y"] + inner["height"] - size["height"])

    def targets(self) -> list[tuple[str, float]]:
        """Every thing to be tapped that is lower than a thumb."""
        found = [(one.inner_text(), one.bounding_box()["height"]) for one in self.page.locator("a,button,label:has(svg)").all()]
        return [(text, height) for text, height in found if height < SMALLEST_TARGET]
