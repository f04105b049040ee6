"""Files that nobody should hand in, made here by the hundred: cut, flipped, mislabelled, swollen, with odd names and odd insides."""

import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import docx
import xlsxwriter
from PIL import Image

MADE_OF = random.Random(20261120)
NAMES = ("../../etc/passwd", "..\\..\\win.ini", "a\0b.xlsx", "清" * 300 + ".xlsx", "\u202exslx.exe", "CON.xlsx", ".htaccess", "无后缀", "x.xlsx.exe",
         "", " ", "x.svg", "x.php", "📎.docx", "a;b'c\"d.csv", "<img src=x>.jpg", "%2e%2e%2fx.csv", "x.XLSX", "-rf.csv", "a\r\nb.csv")  # fmt: skip
HEADER = "责任人,电话,包保企业,企业电话"


def sheet(rows: list[list[str]] | None = None) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    for number, row in enumerate(rows or [HEADER.split(","), ["赵包抓", "19900000003", "甲店", ""]]):
        page.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def document() -> bytes:
    made, target = docx.Document(), BytesIO()
    table = made.add_table(rows=2, cols=4)
    for cell, text in zip(table.rows[0].cells, HEADER.split(","), strict=True):
        cell.text = text
    made.save(target)
    return target.getvalue()


def picture(kind: str = "JPEG") -> bytes:
    target = BytesIO()
    Image.effect_noise((60, 60), 80).convert("RGB").save(target, kind)
    return target.getvalue()


def png(width: int, height: int, *, bad_sum: bool = False, tail: bytes = b"") -> bytes:
    """A picture that says how large it is, whatever it holds."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body) ^ bad_sum)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"") + tail


def packed(members: dict[str, bytes], base: bytes | None = None, *, stored: bool = False) -> bytes:
    target = BytesIO()
    held = {}
    if base:
        with zipfile.ZipFile(BytesIO(base)) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**held, **members}.items():
            archive.writestr(name, body)
    return target.getvalue()


def flipped(data: bytes, times: int) -> bytes:
    spoilt = bytearray(data)
    for _ in range(times):
        spoilt[MADE_OF.randrange(len(spoilt))] ^= 1 << MADE_OF.randrange(8)
    return bytes(spoilt)


def spoilt() -> Iterator[tuple[str, bytes]]:
    """Good files cut short and with bits turned."""
    whole = {"xlsx": sheet(), "docx": document(), "csv": f"{HEADER}\n赵包抓,,甲店,\n".encode(), "jpg": picture(), "png": picture("PNG"), "webp": picture("WEBP")}
    for kind, data in whole.items():
        for part in (1, 7, len(data) // 3, len(data) - 9):
            yield f"cut.{kind}", data[:part]
        for times in (1, 9, 60):
            yield f"flipped.{kind}", flipped(data, times)
        others = [other for other in whole if other != kind]
        yield f"says.{MADE_OF.choice(others)}", data + b"\0"
        yield f"twice.{kind}", data + data


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small outside, large inside; and insides that call for other files."""
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    deep = b"<x>" * 50_000 + b"</x>" * 50_000
    for kind, base, part in (("xlsx", sheet(), "xl/worksheets/sheet1.xml"), ("docx", document(), "word/document.xml")):
        for body in (b" " * 60_000_000, entity, outside, deep, b"", b"<", b"\0" * 5000, "字".encode("utf-16")):
            yield f"inside.{kind}", packed({part: body}, base)
        for name in ("../../evil.xml", "/etc/passwd", "a" * 5000, "xl/vbaProject.bin", "[Content_Types].xml "):
            yield f"member.{kind}", packed({name: b"x"}, base)
        yield f"empty.{kind}", packed({})
        yield f"stored.{kind}", packed({}, base, stored=True)
        yield f"many.{kind}", packed({f"f{number}.xml": b"" for number in range(5000)})
        yield f"nested.{kind}", packed({"a.zip": packed({"b.zip": packed({"c": b"x" * 10_000_000})})})
    yield "huge.png", png(60_000, 60_000)
    yield "none.png", png(0, 0)
    yield "sum.png", png(10, 10, bad_sum=True)
    yield "page.png", png(10, 10, tail=b"<script>alert(1)</script>")


def texts() -> Iterator[tuple[str, bytes]]:
    """Tables that are no tables."""
    for body in (
        b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\n" * 100_000, b"," * 100_000, b'"' * 50_001, HEADER.encode("utf-16"), HEADER.encode("gb18030"),
        HEADER.encode() + b"\n\xff\xff\xff", f"{HEADER}\n=cmd|' /C calc'!A0,@SUM(1),+1,-1\n".encode(), f"{HEADER}\n<script>,{'9' * 400},\u202e,\0\n".encode(),
        (f"{HEADER}\n" + "赵包抓,,店,\n" * 20_000).encode(), f"{HEADER}\n{'长' * 40_000},,,\n".encode(), f"{HEADER}\n{'甲,' * 3000}\n".encode(),
        f"{HEADER}\n赵包抓,19900000003,\ud800,\n".encode("utf8", "surrogatepass"), MADE_OF.randbytes(300_000), b"%PDF-1.7\n%\xff", b"\x7fELF" + b"\0" * 200,
        b"Rar!\x1a\x07\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"GIF89a" + b"\0" * 50,
        b"<html><table><tr><td>1</table>", b"{\\rtf1}", b"MZ" + b"\0" * 100,
    ):  # fmt: skip
        for kind in ("csv", "xls"):
            yield f"text.{kind}", body


def hostile_files() -> list[tuple[str, bytes]]:
    """(name, bytes), each pair once."""
    named = [(name, sheet()) for name in NAMES] + [(name, picture()) for name in NAMES[:8]]
    found = [*named, *spoilt(), *bombs(), *texts()]
    return list(dict.fromkeys(found))
