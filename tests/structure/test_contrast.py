"""Every pair of colours that carries text can be read: 4.5 to 1, by day and by night."""

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).resolve().parents[2] / "static/gov.css").read_text("utf-8")
PAIRS = [
    ("ink", "page"),
    ("ink", "card"),
    ("ink", "head"),
    ("soft", "card"),
    ("soft", "page"),
    ("soft", "head"),
    ("link", "card"),
    ("link", "blue-soft"),
    ("ok", "ok-soft"),
    ("ok", "card"),
    ("warn", "warn-soft"),
    ("bad", "bad-soft"),
    ("bad", "card"),
    ("mute", "mute-soft"),
    ("nav-ink", "nav-top"),
    ("nav-soft", "nav-top"),
    ("nav-soft", "nav-end"),
    ("white", "blue"),
]


def tokens(selector):
    block = re.search(re.escape(selector) + r" \{(.*?)\}", STYLE, re.S).group(1)
    return {"white": "#fff"} | dict(re.findall(r"--gov-([a-z-]+): (#[0-9a-f]{3,6})", block))


def light(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", [":root", '[data-bs-theme="dark"]'], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(look, text, ground):
    colours = tokens(":root") | tokens(look)
    bright, dark = sorted((light(colours[text]), light(colours[ground])), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5
