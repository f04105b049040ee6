"""A real Chromium against the invented township on a free port."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from tests.browser.desk import standing
from tests.browser.screens import add_people, walk
from tests.ledgers import people, town

ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def chromium():
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def house(empty_home, tmp_path_factory):
    """A township in full swing with a person of every role; only for looking."""
    with standing(empty_home, tmp_path_factory.mktemp("house")) as desk:
        add_people(desk)
        yield desk


@pytest.fixture(scope="class")
def sights(chromium, house, request):
    return walk(chromium, house, request.cls.group)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    app = town.make_app(str(tmp_path_factory.mktemp("town") / "town.db"))
    people.settle(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    with app.app_context():
        app.db.engine.dispose()


class Eyes:
    """One browser page that remembers everything that went wrong on it."""

    def __init__(self, browser, site, width, height=844, look="light", size="normal"):
        self.site, self.trouble = site, []
        phone = width < 768
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
        )
        self.context.add_cookies([{"name": "who", "value": "clerk", "url": site}])
        self.context.add_init_script(
            f"localStorage.setItem('look','{look}');localStorage.setItem('size','{size}')"
        )
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda e: self.trouble.append(f"script: {e}"))
        self.page.on("console", lambda m: m.type == "error" and self.trouble.append(f"console: {m.text}"))
        self.page.on("requestfailed", lambda r: self.trouble.append(f"failed: {r.url}"))
        self.page.on(
            "request", lambda r: r.url.startswith((site, "data:")) or self.trouble.append(f"foreign: {r.url}")
        )
        self.page.on("response", lambda r: r.status >= 400 and self.trouble.append(f"{r.status}: {r.url}"))

    def open(self, path):
        self.page.goto(self.site + path, wait_until="networkidle")
        return self.page

    def shoot(self, name, full=False):
        folder = os.environ.get("SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=full)


@pytest.fixture
def eyes(chromium, site):
    opened = []

    def look(width, **more):
        one = Eyes(chromium, site, width, **more)
        opened.append(one)
        return one

    yield look
    for one in opened:
        one.context.close()
