"""Tables of a Word file: streamed, so that size costs time and not memory.

Read from the XML and not through python-docx, which repeats the text of merged cells and opens
every part of the container; here merged and blank cells stay apart and only the body is read.
"""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from documents.limits import COLUMNS, LINES, broken, too_many_columns, too_many_rows
from rules.rosters.grid import Cell, Grid, Row
from rules.rosters.tidy import clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SKIPPED = {f"{_W}{name}" for name in ("tbl", "txbxContent", "moveFrom", "del", "pPr", "rPr", "tcPr")}
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " "}


def read_docx(parts: dict[str, bytes]) -> list[Grid]:
    """One grid per outer table; nested tables are left out. Rows count from 1 in each table."""
    body = parts.get("word/document.xml") or _main_part(parts)
    try:
        return list(_grids(body.replace(_STRICT, _W[1:-1].encode())))
    except etree.XMLSyntaxError:
        raise broken() from None


def _main_part(parts: dict[str, bytes]) -> bytes:
    found = [part for name, part in parts.items() if name.startswith("word/document")]
    if not found:
        raise broken()
    return found[0]


def _grids(body: bytes) -> Iterator[Grid]:
    depth, total = 0, 0
    title = ""
    rows: list[Row] = []
    events = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        tag=(f"{_W}tbl", f"{_W}tr", f"{_W}p"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for event, element in events:
        name = etree.QName(element).localname
        if name == "tbl":
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                yield Grid(title, tuple(rows))
                title, rows = "", []
                element.clear()
        elif event == "end" and name == "tr" and depth == 1:
            rows.append(Row(len(rows) + 1, _cells(element)))
            total += 1
            if total > LINES:
                raise too_many_rows()
            element.clear()
        elif event == "end" and name == "p" and depth == 0:
            title = _title(clean(_text(element)), title)
            element.clear()


def _title(text: str, before: str) -> str:
    is_form_line = "：" in text[:8] or ":" in text[:8]
    return text if text and len(text) <= 60 and not is_form_line else before


def _cells(row: etree._Element) -> tuple[Cell, ...]:
    skipped = row.find(f"{_W}trPr/{_W}gridBefore")
    cells = [Cell()] * _number(skipped)
    for tc in row.iter(f"{_W}tc"):
        if _row_of(tc) is row:
            cells += _cell(tc)
        if len(cells) > COLUMNS:
            raise too_many_columns()
    return tuple(cells)


def _row_of(tc: etree._Element) -> etree._Element | None:
    return next(tc.iterancestors(f"{_W}tr"), None)


def _cell(tc: etree._Element) -> list[Cell]:
    span = min(_number(tc.find(f"{_W}tcPr/{_W}gridSpan"), 1), COLUMNS + 1)
    merge = tc.find(f"{_W}tcPr/{_W}vMerge")
    continues = merge is not None and merge.get(f"{_W}val", "continue") != "restart"
    across = tc.find(f"{_W}tcPr/{_W}hMerge")
    from_left = across is not None and across.get(f"{_W}val", "continue") != "restart"
    text = "" if continues or from_left else clean(_text(tc))
    first = Cell(text, merged_from_above=continues, merged_from_left=from_left)
    return [first, *[Cell("", continues, merged_from_left=True)] * (span - 1)]


def _number(element: etree._Element | None, default: int = 0) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else default


def _text(element: etree._Element) -> str:
    return "".join(_pieces(element)).strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _pieces(child)
            if child.tag == f"{_W}p":
                yield "\n"
