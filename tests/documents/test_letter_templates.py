"""Templates are files that a clerk edits: ours are kept as written, theirs are filled with care."""

import zipfile
from io import BytesIO

import docx
import pytest

from documents.letters.drafts import DRAFTS
from documents.letters.fill import TEMPLATES
from documents.letters.notice import notice_letter
from documents.letters.order import order_letter
from rules.errors import RuleBroken
from tests.documents.papers import order, report, text_of

PARTS = ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/footer1.xml", "word/footer2.xml")


def parts(file) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in PARTS}


@pytest.mark.parametrize("name", DRAFTS)
def test_the_kept_templates_are_what_the_drafts_say(name):
    fresh = BytesIO()
    DRAFTS[name]().save(fresh)
    assert parts(TEMPLATES / f"{name}.docx") == parts(fresh), "run bin/letter-templates"


def own(tmp_path, text: str, name: str = "order") -> None:
    paper = docx.Document()
    paper.add_paragraph(text)
    paper.save(str(tmp_path / f"{name}.docx"))


def test_a_township_may_keep_its_own_template(tmp_path):
    own(tmp_path, "督办 {{ number }}，请 {{ cadre }} 同志办理")
    assert text_of(order_letter(order(), own=tmp_path)) == "督办 DB-202611-1-7，请 梁乙 同志办理"


def test_a_template_the_township_does_not_have_is_ours(tmp_path):
    own(tmp_path, "别的", "order")
    assert "关于2026年11月" in text_of(notice_letter(report(), own=tmp_path))


@pytest.mark.parametrize("text", ["{{ nmber }}", "{{ number", "{% for %}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_spoilt_in_editing_is_named_with_what_to_do(tmp_path, text):
    own(tmp_path, text)
    with pytest.raises(RuleBroken, match=r"order\.docx.*WPS") as refusal:
        order_letter(order(), own=tmp_path)
    assert refusal.value.code == "letter-template"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{{ number }}", "{{ number }}"),
        ("<w:p/> & </w:t>", "<w:p/> & </w:t>"),
        ("甲\x00\x07乙\ud800", "甲乙"),
        ("一\r\n\r\n二", "一\n二"),
    ],
)
def test_what_a_person_typed_is_printed_and_never_obeyed(typed, printed):
    assert printed in text_of(order_letter(order(feedback=typed)))
