"""Walks every page that a person can reach, by links and by address, and writes down what each tells of itself."""

import gzip
import os
import re
from dataclasses import dataclass, field
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
LOOKS = (("light", "normal"), ("dark", "normal"), ("light", "large"))
WEAR = "([look, size]) => { const h = document.documentElement; h.setAttribute('data-bs-theme', look); h.setAttribute('data-size', size); dispatchEvent(new Event('resize')) }"
SKIPPED = ("/static/", "/logout", ".docx", ".xlsx", "/paper/", "/s/", "tel:")
WIDE, PHONE, NARROW = (1366, 768), (390, 844), (360, 640)


def kind(address: str) -> str:
    """One page of each kind is enough: `/orders/7?chip=late` is `/orders/N`."""
    return re.sub(r"(?<=/)\d+(?=/|$)", "N", address.split("?")[0].split("#")[0])


@dataclass
class Sight:
    """One page as one person saw it."""

    who: str
    address: str
    status: int
    wide: dict[str, Any] = field(default_factory=dict)
    phone: dict[str, Any] = field(default_factory=dict)
    narrow: dict[str, Any] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    bytes: int = 0

    @property
    def name(self) -> str:
        return f"{self.who} {self.address}"


class Walker:
    """One person's browser; `known` are the kinds of page that axe has seen with anybody."""

    def __init__(self, chromium: Any, site: str, who: str, cookies: list[dict[str, str]], known: set[str]) -> None:
        self.site, self.who, self.known, self.trouble = site, who, known, []
        self.context = chromium.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="zh-CN", reduced_motion="reduce")
        self.context.add_init_script(WATCH)
        self.context.add_cookies(cookies)
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda e: self.trouble.append(f"script: {e}"))
        self.page.on("console", lambda m: m.type in ("error", "warning") and self.trouble.append(f"console: {m.text}"))
        self.page.on("requestfailed", lambda r: self.trouble.append(f"failed: {r.url}"))
        self.page.on("request", lambda r: r.url.startswith((site, "data:")) or self.trouble.append(f"foreign: {r.url}"))
        self.page.on("response", lambda r: self.fetched.add(r.url.split("#")[0]))
        self.fetched: set[str] = set()

    def weight(self) -> int:
        """Bytes on the line of the page and everything in it, packed as the front server packs it."""
        files = [STATIC / url.split("/static/")[1].split("?")[0] for url in self.fetched if "/static/" in url]
        return sum(len(gzip.compress(data, 6)) for data in [self.page.content().encode(), *(file.read_bytes() for file in files)])

    def opens(self, address: str) -> bool:
        """Whether the address is a page for this person, asked without drawing it."""
        answer = self.context.request.get(self.site + address, max_redirects=0)
        return answer.status == 200 and answer.headers["content-type"].startswith("text/html")

    def walk(self, links: list[str], tried: list[str], most: int = 150) -> list[Sight]:
        """From `links` on wherever a link leads, and to those of `tried` that open."""
        waiting, seen, sights = links + [one for one in tried if self.opens(one)], set(), []
        while waiting and len(sights) < most:
            address = waiting.pop(0)
            if kind(address) in seen or any(part in address for part in SKIPPED):
                continue
            seen.add(kind(address))
            sight = self.look(address)
            if sight is None:
                continue
            sights.append(sight)
            waiting += sight.wide["doors"]
        assert len(sights) < most, f"{self.who} has more than {most} kinds of pages"
        self.context.close()
        return sights

    def look(self, address: str) -> Sight | None:
        """None for what is no page: refused, a download, or a second way to the same page."""
        self.trouble.clear()
        self.fetched.clear()
        answer = self.page.goto(self.site + address, wait_until="load")
        if answer.status != 200 and self.who != "":
            return Sight(self.who, address, answer.status, wide={"doors": []}) if answer.status >= 500 else None
        sight = Sight(self.who, address, answer.status, bytes=self.weight())
        sight.wide = self.facts(WIDE, sight, "wide")
        if kind(address) in self.known:
            sight.phone = sight.narrow = self.facts(NARROW, sight, "narrow")
        else:
            self.known.add(kind(address))
            self.dress(sight, address)
        self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        sight.trouble = list(self.trouble)
        return sight

    def dress(self, sight: Sight, address: str) -> None:
        """A page not seen before: by day and night, in large type, on two phones."""
        for look, size in LOOKS:
            self.page.evaluate(WEAR, [look, size])
            if size == "normal":
                sight.faults[look] = self.axe(look)
            else:
                sight.widths["large wide"] = self.page.evaluate("document.documentElement.scrollWidth") - WIDE[0]
            self.shoot(f"{look}-{size}-1366", address)
        self.page.evaluate(WEAR, ["light", "normal"])
        sight.phone = self.facts(PHONE, sight, "phone")
        self.shoot("light-normal-390", address)
        sight.narrow = self.facts(NARROW, sight, "narrow")
        self.page.evaluate(WEAR, ["light", "large"])
        sight.widths["large narrow"] = self.page.evaluate("document.documentElement.scrollWidth") - NARROW[0]
        self.shoot("light-large-360", address)

    def facts(self, size: tuple[int, int], sight: Sight, name: str) -> dict[str, Any]:
        if name != "wide":
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
        found = self.page.evaluate(FACTS)
        sight.widths[name] = found["width"][0] - size[0]
        return found

    def axe(self, look: str) -> list[str]:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.context.new_cdp_session(self.page).send("Runtime.evaluate", {"expression": AXE_SCRIPT})  # past the page's own policy
        return self.page.evaluate(AXE, ["color-contrast"] if look == "dark" else None)  # nothing else hangs on the look

    def shoot(self, name: str, address: str) -> None:
        """With SHOTS=folder: what the eye should judge."""
        if os.environ.get("SHOTS"):
            folder = Path(os.environ["SHOTS"]) / name
            folder.mkdir(parents=True, exist_ok=True)
            file = re.sub(r"[^a-z0-9]+", "-", kind(address).lower()).strip("-") or "front"
            self.page.screenshot(path=folder / f"{self.who or 'stranger'}-{file}.png")
