"""Walks every page that a person can reach, by links and by address, and writes down what each tells of itself."""

import gzip
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "static"
FACTS = (HERE / "facts.js").read_text("utf-8")
WATCH = """window.refusedByPolicy = []; addEventListener('securitypolicyviolation',
  e => window.refusedByPolicy.push(e.violatedDirective + ' ' + e.blockedURI))"""
AXE = """async (rules) => (await axe.run(document, {preload: false, resultTypes: ['violations'], ...(rules ? {runOnly: rules} : {})})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | ')}`)"""
WEAR = "([look, size]) => { const h = document.documentElement; h.setAttribute('data-bs-theme', look); h.setAttribute('data-size', size); dispatchEvent(new Event('resize')) }"
WIDTH = "document.documentElement.scrollWidth"
SKIPPED = ("/static/", "/logout", ".docx", ".xlsx", ".json", "/paper/", "/s/", "tel:")
WIDE, PHONE, NARROW = (1366, 768), (390, 844), (360, 640)
SPECIMENS = 2  # pages of one template that axe looks at: the list of each ledger is drawn by the same file


def kind(address: str) -> str:
    """One page of each kind is enough: `/orders/7?chip=late` is `/orders/N`."""
    path = re.sub(r"(?<=/)\d+(?=/|$)", "N", address.split("?")[0].split("#")[0])
    return re.sub(r"^/(exports/new|help)/.+", r"/\1/NAME", path)


def shape(address: str) -> str:
    """What one template draws: the details of any ledger are one shape."""
    return re.sub(r"^/admin/[a-z_]+/", "/admin/LEDGER/", kind(address))


def cut_by_leaving(request: Any) -> bool:
    """The page was left while its icon was still on the way: no fault of the page."""
    return request.failure == "net::ERR_ABORTED" and request.url.endswith("/static/icon.svg")


@cache
def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


@dataclass
class Sight:
    """One page as one person saw it."""

    who: str
    address: str
    status: int
    wide: dict[str, Any] = field(default_factory=lambda: {"doors": []})
    narrow: dict[str, Any] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    bytes: int = 0

    @property
    def name(self) -> str:
        return f"{self.who} {self.address}"


class Walker:
    """One person's browser; `known` counts the kinds and shapes of pages seen with anybody."""

    def __init__(self, chromium: Any, site: str, who: str, cookies: list[dict[str, str]], known: Counter[str]) -> None:
        self.site, self.who, self.known, self.trouble = site, who, known, []
        self.context = chromium.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="zh-CN", reduced_motion="reduce")
        self.context.add_init_script(WATCH)
        self.context.add_cookies(cookies)
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda e: self.trouble.append(f"script: {e}"))
        self.page.on("console", lambda m: m.type in ("error", "warning") and self.trouble.append(f"console: {m.text}"))
        self.page.on("requestfailed", lambda r: cut_by_leaving(r) or self.trouble.append(f"failed: {r.url}"))
        self.page.on("request", lambda r: r.url.startswith((site, "data:")) or self.trouble.append(f"foreign: {r.url}"))
        self.page.on("response", lambda r: self.fetched.add(r.url.split("#")[0]))
        self.fetched: set[str] = set()

    def weight(self, body: bytes) -> int:
        """Bytes on the line of the page and everything in it, packed as the front server packs it."""
        files = [STATIC / url.split("/static/")[1].split("?")[0] for url in self.fetched if "/static/" in url]
        return len(gzip.compress(body, 6)) + sum(packed(file) for file in files)

    def opens(self, address: str) -> bool:
        """Whether the address is a page for this person, asked without drawing it."""
        answer = self.context.request.get(self.site + address, max_redirects=0)
        return answer.status == 200 and answer.headers["content-type"].startswith("text/html")

    def walk(self, tried: list[str], most: int = 150) -> list[Sight]:
        """From the front page on wherever a link leads, then those of `tried` that open."""
        seen: set[str] = set()
        sights = self.follow(["/"], seen, most)
        for address in tried:
            if kind(address) not in seen and not self.skips(address) and self.opens(address):
                sights += self.follow([address], seen, most)
        assert len(sights) < most, f"{self.who} has more than {most} kinds of pages"
        self.context.close()
        return sights

    def skips(self, address: str) -> bool:
        return any(part in address for part in SKIPPED)

    def follow(self, waiting: list[str], seen: set[str], most: int) -> list[Sight]:
        sights: list[Sight] = []
        while waiting and len(sights) < most:
            address = waiting.pop(0)
            if kind(address) in seen or self.skips(address):
                continue
            seen.add(kind(address))
            sights.append(self.look(address))
            waiting += sights[-1].wide["doors"]
        return sights

    def look(self, address: str) -> Sight:
        self.trouble.clear()
        self.fetched.clear()
        answer = self.page.goto(self.site + address, wait_until="load")
        sight = Sight(self.who, address, answer.status)
        if answer.status == 200:
            sight.bytes = self.weight(answer.body())
            self.dress(sight, first=not self.known[kind(address)])
            self.known[kind(address)] += 1
            sight.trouble = list(self.trouble)
        return sight

    def dress(self, sight: Sight, first: bool) -> None:
        """A kind of page not seen before also by night, in large type and on a second phone."""
        sight.wide = self.facts(WIDE, sight, "wide")
        if first:
            self.inspect(sight)
            sight.widths["large wide"] = self.wear("light", "large", sight, WIDE)
            self.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            sight.widths["phone"] = self.wear("light", "normal", sight, PHONE)
        sight.narrow = self.facts(NARROW, sight, "narrow")
        if first:
            sight.widths["large narrow"] = self.wear("dark", "large", sight, NARROW)
            self.wear("light", "normal", sight)
        self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    def inspect(self, sight: Sight) -> None:
        """axe, by day and by night, on the first specimens of a shape."""
        self.shoot("light-normal-1366", sight)
        self.known[shape(sight.address) + " shape"] += 1
        if self.known[shape(sight.address) + " shape"] <= SPECIMENS:
            sight.faults["light"] = self.axe(None)
            self.wear("dark", "normal", sight, WIDE)
            sight.faults["dark"] = self.axe(["color-contrast"])  # nothing else hangs on the look

    def wear(self, look: str, size: str, sight: Sight, width: tuple[int, int] | None = None) -> int:
        """How far the page sticks out in this look."""
        self.page.evaluate(WEAR, [look, size])
        if width is None:
            return 0
        self.shoot(f"{look}-{size}-{width[0]}", sight)
        return self.page.evaluate(WIDTH) - width[0]

    def facts(self, size: tuple[int, int], sight: Sight, name: str) -> dict[str, Any]:
        if name != "wide":
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
        found = self.page.evaluate(FACTS)
        sight.widths[name] = found["width"][0] - size[0]
        return found

    def axe(self, rules: list[str] | None) -> list[str]:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.context.new_cdp_session(self.page).send("Runtime.evaluate", {"expression": AXE_SCRIPT})  # past the page's own policy
        return self.page.evaluate(AXE, rules)

    def shoot(self, name: str, sight: Sight) -> None:
        """With SHOTS=folder: what the eye should judge."""
        if os.environ.get("SHOTS"):
            folder = Path(os.environ["SHOTS"]) / name
            folder.mkdir(parents=True, exist_ok=True)
            file = re.sub(r"[^a-z0-9]+", "-", kind(sight.address).lower()).strip("-") or "front"
            self.page.screenshot(path=folder / f"{sight.who}-{file}.png")
