"""The smallest old .xls that Excel 97 would know: BIFF8 records in an OLE container."""

import struct

from tests.roster_source import Table

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_excel(tables: list[Table], runs: list[list[tuple[int, int]]]) -> bytes:
    """`runs`: per table, first and last row of each merged block, the header being row 0."""
    sheets = [_sheet(table, blocks) for table, blocks in zip(tables, runs, strict=True)]
    bounds_size = sum(len(_bound(0, table.title)) for table in tables)
    offset = len(_bof(5)) + bounds_size + len(_record(0x0A))
    bounds = b""
    for table, sheet in zip(tables, sheets, strict=True):
        bounds += _bound(offset, table.title)
        offset += len(sheet)
    return _container(_bof(5) + bounds + _record(0x0A) + b"".join(sheets))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _bound(offset: int, name: str) -> bytes:
    return _record(0x85, struct.pack("<IHBB", offset, 0, len(name), 1) + name.encode("utf-16-le"))


def _sheet(table: Table, blocks: list[tuple[int, int]]) -> bytes:
    lines = [[table.title], table.header, *table.rows, ["注：本清单实行动态管理。"]]
    cells = [
        _cell(at, column, text) for at, line in enumerate(lines) for column, text in enumerate(line) if text
    ]
    ranges = [
        (first + 1, last + 1, column, column) for first, last in blocks for column in range(table.merged)
    ]
    ranges.append((0, 0, 0, len(table.header) - 1))
    merged = struct.pack("<H", len(ranges)) + b"".join(struct.pack("<HHHH", *block) for block in ranges)
    return _bof(0x10) + b"".join(cells) + _record(0xE5, merged) + _record(0x0A)


def _cell(row: int, column: int, text: str) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if text.isdigit():
        return _record(0x0203, place + struct.pack("<d", int(text)))
    return _record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _container(stream: bytes) -> bytes:
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    chain = [FAT, END, *range(3, count + 2), END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    return head + fat + directory.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return entry + b"\0" * 36 + struct.pack("<IQ", start, size)
