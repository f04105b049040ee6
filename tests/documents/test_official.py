"""The page that every official paper stands on (GB/T 9704-2012)."""

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn

from documents.letters.page import add_table
from documents.official import LOOKS, TEXT_WIDTH_MM, blank_paper


@pytest.fixture(scope="module")
def paper():
    return blank_paper()


def test_the_page_is_a4_with_the_margins_of_the_standard(paper):
    page = paper.sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert round(page.page_width.mm - page.left_margin.mm - page.right_margin.mm) == TEXT_WIDTH_MM


def test_body_text_is_16_point_fangsong_on_28_point_lines_indented_two_characters(paper):
    body = paper.styles["公文正文"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    assert body.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_titles_and_headings_have_their_own_faces_and_no_bold(paper):
    faces = {
        "公文标题": "方正小标宋简体",
        "公文一级标题": "黑体",
        "公文二级标题": "楷体_GB2312",
        "公文正文": "仿宋_GB2312",
    }
    for name, face in faces.items():
        fonts = paper.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{key}")) for key in ("ascii", "hAnsi", "eastAsia")} == {face}
        assert paper.styles[name].font.bold is False
    title = paper.styles["公文标题"]
    assert (title.font.size.pt, title.paragraph_format.alignment) == (22, Align.CENTER)


def test_twenty_eight_characters_fit_on_a_line():
    body, points = LOOKS["公文正文"], TEXT_WIDTH_MM / 25.4 * 72
    assert 28 * (body.size + body.tight / 20) <= points < 29 * (body.size + body.tight / 20)


def test_the_page_number_stands_right_on_odd_and_left_on_even_pages_between_dashes(paper):
    page = paper.sections[0]
    odd, even = page.footer.paragraphs[0], page.even_page_footer.paragraphs[0]
    assert paper.settings.odd_and_even_pages_header_footer
    assert (odd.alignment, even.alignment) == (Align.RIGHT, Align.LEFT)
    for line in (odd, even):
        assert line.text == "— 1 —"
        assert "PAGE" in line._p.xml
        assert (line.style.font.size.pt, line.style.font.name) == (14, "宋体")


def test_no_font_is_embedded(paper):
    names = [str(part.partname) for part in paper.part.package.iter_parts()]
    assert not [name for name in names if name.endswith((".odttf", ".ttf", ".otf"))]


def test_a_table_wider_than_the_text_is_refused(paper):
    with pytest.raises(ValueError, match="wider"):
        add_table(paper, [100, 57], 1)
