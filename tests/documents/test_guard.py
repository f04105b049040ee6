"""A file that is not what it says, or wants too much, is refused in a sentence."""

import time
import zipfile
from io import BytesIO

import docx
import pytest
import xlsxwriter

from documents.grids import read_grids, read_sheet
from documents.limits import FILE_BYTES, LINES, ROWS
from rules.errors import RuleBroken
from rules.intake import headings
from tests import roster_files as files
from tests.roster_source import both

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
TYPES = "[Content_Types].xml"


def refusal(data: bytes, name: str = "清单.docx") -> str:
    with pytest.raises(RuleBroken) as refused:
        read_grids(data, name)
    assert "请" in str(refused.value)
    assert refused.value.__cause__ is None
    return refused.value.code


def zipped(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return zipped(**{name: archive.read(name) for name in archive.namelist()} | parts)


def ole(word: str) -> bytes:
    return OLE + word.encode("utf-16-le") + b"\0" * 512


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \r\n\t \0", "file-empty"),
        (b"x" * (FILE_BYTES + 1), "file-too-large"),
        (b"%PDF-1.7\n...", "file-unknown"),
        (b"{\\rtf1\\ansi ...}", "file-unknown"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file-unknown"),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", "file-unknown"),
        (b"<?xml version='1.0'?><Workbook/>", "file-unknown"),
        (b"<svg onload=x>", "file-unknown"),
        (b"\x89PNG\r\n\x1a\n0000", "file-unknown"),
        (b"\xff\xd8\xff\xe0 JFIF", "file-unknown"),
        (b"Rar!\x1a\x07\x00", "file-unknown"),
        (b"MZ\x90\x00\x03\x00", "file-unknown"),
        (b"\x00\x01\x02" * 50, "file-unknown"),
        (ole("EncryptedPackage"), "file-encrypted"),
        (ole("WordDocument"), "file-unknown"),
        (ole("_VBA_PROJECT_CUR"), "file-macros"),
        (ole("Workbook"), "file-broken"),
        (OLE, "file-broken"),
        (b"PK\x03\x04 not a zip at all", "file-broken"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "file-unknown"),
        (zipped(**{"a.txt": b"hello"}), "file-unknown"),
        (zipped(**{TYPES: b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}), "file-macros"),
        (zipped(**{TYPES: b"...wordprocessingml.document.main+xml"}), "file-broken"),
        (zipped(**{TYPES: b"...spreadsheetml.sheet.main+xml"}), "file-broken"),
        (zipped(**{"../../etc/passwd.xml": b"x"}), "file-broken"),
        (zipped(**{f"{at}.xml": b"" for at in range(2001)}), "file-zip-bomb"),
        (zipped(**{"word/document.xml": b" " * 61 * 1024 * 1024}), "file-zip-bomb"),
        (zipped(**{"word/media/a.png": b"\0" * 3 * 1024 * 1024}), "file-zip-bomb"),
    ],
    ids=range(29),
)
def test_an_unwanted_file_is_refused_with_what_to_do(data, code):
    started = time.monotonic()
    assert refusal(data) == code
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("name", ["清单.docx", "清单.doc", "清单", "../../清单.exe", "清单\u202excod.csv"])
def test_the_content_decides_and_not_the_name(name):
    assert len(read_grids(files.excel(both()), name)) == 3
    assert len(read_grids(files.word(both()), name)) == 2


def test_a_size_that_lies_is_caught_while_reading():
    honest = zipped(
        **{TYPES: b"wordprocessingml.document.main+xml", "word/document.xml": b"<a>" + b" " * 9000}
    )
    lying = honest.replace((9003).to_bytes(4, "little"), (900).to_bytes(4, "little"))
    assert refusal(lying) in ("file-zip-bomb", "file-broken")


def test_a_part_that_stands_twice_is_refused():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/a.xml", b"<a/>")
        archive.writestr("XL/A.xml", b"<b/>")
    assert refusal(target.getvalue()) == "file-broken"


@pytest.mark.parametrize(
    ("data", "part"),
    [(files.word(both()), "word/document.xml"), (files.excel(both()), "xl/sharedStrings.xml")],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_entities_are_refused(data, part, encoding):
    bomb = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'.encode(encoding)
    assert refusal(changed(data, **{part: bomb})) == "file-unsafe"


def test_an_encrypted_zip_says_so():
    data = bytearray(zipped(**{TYPES: b"wordprocessingml.document.main+xml"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "file-encrypted"


def workbook(*places: tuple[int, int]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, column in places:
            sheet.write(row, column, "x")
    return target.getvalue()


def test_two_cells_in_opposite_corners_do_not_bring_the_house_down():
    assert refusal(workbook((0, 0), (1048575, 16383))) == "sheet-too-large"
    assert refusal(workbook((0, 0), (1048575, 59))) == "sheet-too-large"


def test_too_many_rows_or_columns_are_said_plainly():
    assert refusal(workbook(*((at, 0) for at in range(LINES + 1)))) == "too-many-rows"
    assert refusal(workbook((0, 60))) == "too-many-columns"
    assert refusal(("甲,乙\n" * (LINES + 1)).encode()) == "too-many-rows"
    assert refusal(("甲," * 60 + "乙").encode()) == "too-many-columns"
    document = docx.Document()
    document.add_table(rows=LINES + 1, cols=1)
    target = BytesIO()
    document.save(target)
    assert refusal(target.getvalue()) == "too-many-rows"


def test_a_stray_cell_far_below_is_no_trouble():
    assert len(read_grids(changed(files.excel(both())), "a.xlsx")) == 3
    assert read_grids(workbook((0, 0), (60000, 2)), "a.xlsx")[0].discarded.cells == 0


def test_a_word_file_nested_too_deep_is_refused():
    deep = b"<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    body = deep + b"<w:r>" * 5000 + b"</w:r>" * 5000 + b"</w:p>"
    assert refusal(changed(files.word(both()), **{"word/document.xml": body})) == "file-broken"


def test_five_thousand_rows_of_data_pass_with_headings_and_notes_and_one_more_is_told_to_be_split():
    names = headings.names_of({"name": "名称", "phone": "电话"})
    whole = "企业花名册\n名称,电话\n" + "样例店,\n" * ROWS + "合计,5000\n注：由办公室填写\n"
    (grid,) = read_sheet(whole.encode(), "清单.csv", names)
    assert len(headings.find([grid], names).lines) == ROWS
    with pytest.raises(RuleBroken, match="5001 行") as refused:
        read_sheet((whole + "多一店,\n").encode(), "清单.csv", names)
    assert refused.value.code == "too-many-rows"
