"""What keeps the look safe: old browsers, strict policy, nothing from outside, no dead pictures."""

import re
from pathlib import Path

import pytest

from models import db

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "owner")
"""The owner's page is one answer with its style inside; it has tests of its own."""
STYLES = sorted((ROOT / "static").rglob("*.css"))
TOO_NEW = (
    "color-mix(",
    "oklch(",
    "light-dark(",
    ":has(",
    "@container",
    "@layer",
    "inset:",
    ":is(",
    ":where(",
    "aspect-ratio",
)
NOT_OURS = {"bootstrap.min.css": {"aspect-ratio", "inset:"}, "tom-select.bootstrap5.min.css": {"color-mix("}}
"""Helpers of the libraries that no page of ours uses, or that gov.css overrides by name."""


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", STYLES, ids=names(STYLES))
def test_styles_work_from_chromium_80(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    found = {word for word in TOO_NEW if word in text}
    assert found - NOT_OURS.get(path.name, set()) == set()


def test_own_styles_are_not_nested():
    depth = 0
    for line in (ROOT / "static/gov.css").read_text("utf-8").splitlines():
        assert not line.strip().startswith("&"), line
        for letter in re.sub(r'"[^"]*"', "", line):
            depth += {"{": 1, "}": -1}.get(letter, 0)
            assert 0 <= depth <= 2, line
    assert depth == 0


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_templates_have_nothing_inline_and_nothing_foreign(path):
    text = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text("utf-8"), flags=re.S)
    assert not re.search(r"\son\w+\s*=", text), "inline handler"
    assert not re.search(r"\sstyle\s*=", text), "inline style"
    assert not re.search(r"<style|javascript:", text), "inline style or address"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"(?:src|href|action)=[\"']?(?:https?:)?//", text), "another host"
    assert "|safe" not in path.read_text("utf-8").replace(" ", "")


def test_every_picture_used_is_in_the_sprite():
    drawn = set(re.findall(r'symbol id="([^"]+)"', (ROOT / "static/icons.svg").read_text("utf-8")))
    listed = set((ROOT / "static/icons.txt").read_text("utf-8").split())
    used = {
        name for path in TEMPLATES for name in re.findall(r'icon\(["\']([a-z0-9-]+)["\']', path.read_text("utf-8"))
    }
    named = {mapper.class_.__icon__ for mapper in db.Model.registry.mappers}
    assert drawn == listed
    assert (used | named) - drawn == set()


def test_libraries_keep_their_licences():
    kept = {path.stem for path in (ROOT / "static/vendor/LICENSES").iterdir()}
    files = {"bootstrap", "tom-select", "flatpickr", "htmx"}
    assert files <= kept
    assert all(path.name.split(".")[0] in files for path in (ROOT / "static/vendor").glob("*.*"))
