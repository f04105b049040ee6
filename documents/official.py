"""The page of an official paper (GB/T 9704-2012) as styles that a clerk finds again in WPS.

Fonts are named and never embedded: 方正小标宋简体, 仿宋_GB2312 and 楷体_GB2312 may not be handed on.
"""

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.font import Font
from docx.text.paragraph import Paragraph

FANGSONG, KAITI, HEITI, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
TITLE_SONG = "方正小标宋简体"
RED = RGBColor(0xFF, 0, 0)
TEXT_WIDTH_MM = 156
LINE_PT = 28
FOOTER_MM = 23  # from the edge; the number then stands 7 mm below the text


@dataclass(frozen=True)
class Look:
    """Sizes, lines and `left` in points; `indent` of the first line in characters; `tight` condenses (1/20 pt)."""

    font: str = FANGSONG
    size: float = 16
    line: float = LINE_PT
    align: Align = Align.LEFT
    indent: int = 0
    left: float = 0
    before: float = 0
    tight: int = 0
    red: bool = False
    level: int | None = None
    keep: bool = False
    new_page: bool = False


# 落款: centred on the date, whose eleven characters then end four characters from the right edge
# 28 characters of 16 pt on 156 mm leave each 15.79 pt: condensed by 0.4 pt and justified, they fill it
# (0.25 pt is enough in Word, but LibreOffice then drops a full stop at the edge of some lines)
LOOKS = {
    "公文正文": Look(align=Align.JUSTIFY, indent=2, tight=-8),
    "公文一级标题": Look(HEITI, indent=2, tight=-8, level=0, keep=True),
    "公文二级标题": Look(KAITI, indent=2, tight=-8, level=1, keep=True),
    "公文标题": Look(TITLE_SONG, 22, 36, Align.CENTER, keep=True),
    "公文主送": Look(),
    "公文附件": Look(HEITI, new_page=True),
    "公文落款": Look(align=Align.CENTER, left=202, keep=True),
    "公文空行": Look(keep=True),
    "发文机关标志": Look(TITLE_SONG, 36, 46, Align.CENTER, before=99, red=True),
    "发文字号": Look(align=Align.CENTER, before=LINE_PT * 2),
    "公文表头": Look(HEITI, 12, 20, Align.CENTER),
    "公文表格": Look(size=12, line=20, align=Align.CENTER),
    "公文表文": Look(size=12, line=20),
    "公文表注": Look(size=12, line=20),
    "公文页码": Look(SONG, 14, 18),
}


def blank_paper() -> Paper:
    """An empty A4 paper with the margins, styles and page numbers of the standard."""
    paper = Document()
    _page(paper)
    _defaults(paper)
    for name, look in LOOKS.items():
        _style(paper, name, look)
    _page_numbers(paper)
    paper.core_properties.author = paper.core_properties.comments = ""
    paper.core_properties.language = "zh-CN"
    return paper


def name_font(font: Font, name: str) -> None:
    """Western and Chinese characters alike in one font, so that WPS does not mix faces."""
    font.name = name
    fonts = font._element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if key.endswith("Theme"):
            del fonts.attrib[key]
    for key in ("w:eastAsia", "w:cs"):
        fonts.set(qn(key), name)
    fonts.set(qn("w:hint"), "eastAsia")


def border_below(paragraph: Paragraph, colour: str, gap_pt: int) -> None:
    """A line as wide as the text, `gap_pt` below the paragraph."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "18"), ("space", str(gap_pt)), ("color", colour)):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _page(paper: Paper) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(15), Mm(FOOTER_MM)


def _defaults(paper: Paper) -> None:
    normal = paper.styles["Normal"]
    name_font(normal.font, FANGSONG)
    normal.font.size = Pt(16)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    fonts.attrib.clear()
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), FANGSONG)


def _style(paper: Paper, name: str, look: Look) -> None:
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = paper.styles["Normal"], True
    name_font(style.font, look.font)
    style.font.size, style.font.bold = Pt(look.size), False
    style.font.color.rgb = RED if look.red else RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    shape.space_before, shape.space_after, shape.alignment = Pt(look.before), Pt(0), look.align
    shape.keep_with_next, shape.widow_control, shape.page_break_before = look.keep, False, look.new_page
    shape.left_indent = Pt(look.left)
    properties = style.element.get_or_add_pPr()
    _keep_inside(properties)
    _indent(properties, look)
    _outline(properties, look.level)
    if look.tight:
        _tighten(style.element.get_or_add_rPr(), look.tight)


def _indent(properties: Any, look: Look) -> None:
    """Counted in characters, so that it holds when a clerk changes the size."""
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(look.indent * 100))
    indent.set(qn("w:firstLine"), str(int(look.size * 20 * look.indent)))


def _keep_inside(properties: Any) -> None:
    """No punctuation hangs over the edge of the text."""
    hanging = OxmlElement("w:overflowPunct")
    hanging.set(qn("w:val"), "0")
    properties.insert_element_before(hanging, "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _outline(properties: Any, level: int | None) -> None:
    if level is None:
        return
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    properties.append(outline)


def _tighten(properties: Any, twentieths: int) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(twentieths))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _page_numbers(paper: Paper) -> None:
    """— 1 — : odd pages right, even pages left, one character in from the edge."""
    paper.settings.odd_and_even_pages_header_footer = True
    page = paper.sections[0]
    sides = ((page.footer, Align.RIGHT, "right"), (page.even_page_footer, Align.LEFT, "left"))
    for footer, align, side in sides:
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style, line.alignment = "公文页码", align
        line._p.get_or_add_pPr().get_or_add_ind().set(qn(f"w:{side}"), "280")
        line.add_run("— ")
        _field(line, "PAGE")
        line.add_run(" —")


def _field(line: Paragraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = line.add_run()
        if kind == "text":
            run.text = text
        elif text:
            words = OxmlElement("w:instrText")
            words.text = f" {text} "
            run._r.append(words)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
