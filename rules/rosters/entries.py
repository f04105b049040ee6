"""Rows of one table to entries: fill down only the responsible person (clauses.md §4)."""

import re
from dataclasses import dataclass, field, replace

from rules.rosters.columns import Meaning
from rules.rosters.grid import Grid, Row
from rules.rosters.identity import Place
from rules.rosters.phones import CUT, Phones, read_phones
from rules.rosters.report import Ignored, Problem, RosterEntry, RosterKind, Said
from rules.rosters.rowkinds import RowKind, kind_of
from rules.rosters.sections import Section
from rules.rosters.tidy import close_up, fold, is_ditto, value
from rules.text import _

_SEVERAL = re.compile(r"[、,，;；/／]|(?<=[一-鿿])和(?=[一-鿿]{2})")
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]")
_PERSON = re.compile(r"[^\W\d_][^\d,，、;；。:：]{0,29}[^\W\d_]")
_CODE = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{18}")
LONGEST_ENTERPRISE = 120


@dataclass
class Read:
    """What one table gave."""

    entries: list[RosterEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    source_rows: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Person:
    name: str = ""
    phone: str = ""
    unit: str = ""
    post: str = ""
    extra: tuple[str, ...] = ()


class _Refused(Exception):
    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.said = code, Said(message, values)


def read_entries(grid: Grid, section: Section, table: int, kind: RosterKind) -> Read:
    """Entries, refused rows and ignored rows of a section, in the order of the file."""
    read, person = Read(), _Person()
    for row in (grid.rows[index] for index in section.body):
        found = kind_of(row, section)
        if found is RowKind.DATA:
            person = _read_row(_Cells(row, section), person, read, table)
        elif found is not RowKind.BLANK:
            read.ignored.append(Ignored(table, row.number, found.value))
            person = _Person() if found is RowKind.TOTAL else person
    read.entries = [replace(entry, kind=kind) for entry in read.entries]
    return read


@dataclass(frozen=True)
class _Cells:
    row: Row
    section: Section

    def raw(self, meaning: Meaning) -> str:
        texts = (self.row.cell(column).text for column in self.section.columns(meaning))
        return next((text for text in texts if value(text)), "")

    def text(self, meaning: Meaning) -> str:
        return value(self.raw(meaning))


def _read_row(cells: _Cells, before: _Person, read: Read, table: int) -> _Person:
    read.source_rows.append(cells.row.number)
    row = len(read.source_rows)
    person = _Person()
    try:
        continues = _continues(cells)
        person = before if continues else _person(cells)
        if not person.name:
            raise _Refused(
                "person-missing", _("没有责任人，上面也没有可以沿用的责任人。请在本行填写责任人姓名。")
            )
        read.entries.append(_entry(cells, person, continues, Place(table, row)))
    except _Refused as refused:
        read.problems.append(Problem(refused.code, table, row, cells.row.number, refused.said))
    return person


def _continues(cells: _Cells) -> bool:
    raw = cells.raw(Meaning.PERSON)
    if raw and not is_ditto(raw):
        return False
    phone = cells.raw(Meaning.PERSON_PHONE)
    if phone and not is_ditto(phone):
        raise _Refused(
            "person-missing", _("填了责任人电话，但责任人姓名是空的。请补上姓名，或者清空本行的责任人电话。")
        )
    return True


def _person(cells: _Cells) -> _Person:
    raw = cells.raw(Meaning.PERSON)
    inside = read_phones(raw)
    column = read_phones(cells.raw(Meaning.PERSON_PHONE))
    name = close_up("、".join(inside.words)) if inside.numbers else close_up(raw)
    bracket = _BRACKET.search(name)
    name = _BRACKET.sub("", name).strip()
    if _SEVERAL.search(name):
        raise _Refused("person-several", _("一格里写了几位责任人。请分成几行，每行一位责任人、一家企业。"))
    person = _Person(name, "", cells.text(Meaning.UNIT), cells.text(Meaning.POST))
    if not _PERSON.fullmatch(name):
        raise _Refused("person-unclear", _("责任人一栏不像姓名。请填写两个字以上的姓名，不要写序号或电话。"))
    person = replace(person, post=person.post or (close_up(bracket.group(1)) if bracket else ""))
    numbers = column.numbers + inside.numbers
    return replace(person, phone=numbers[0] if numbers else "", extra=numbers[1:])


def _check_phone(phones: Phones, label: str) -> None:
    if phones.is_cut:
        raise _Refused("phone-cut", CUT)
    if phones.is_bad:
        raise _Refused(
            "phone-bad",
            _("{label}不是有效号码。请填写11位手机号，或带区号的座机，例如 0934-1234567。"),
            label=label,
        )


def _entry(cells: _Cells, person: _Person, continues: bool, at: Place) -> RosterEntry:
    name = cells.text(Meaning.ENTERPRISE)
    if not name:
        raise _Refused(
            "enterprise-missing", _("没有企业名称。请在本行填写企业名称；企业名称不能上下合并单元格。")
        )
    if len(name) > LONGEST_ENTERPRISE:
        raise _Refused(
            "enterprise-too-long", _("企业名称超过{limit}个字。请只写名称。"), limit=LONGEST_ENTERPRISE
        )
    column = read_phones(cells.raw(Meaning.ENTERPRISE_PHONE))
    contact = read_phones(cells.raw(Meaning.CONTACT))
    if not continues:
        _check_phone(read_phones(cells.raw(Meaning.PERSON_PHONE)), _("责任人电话"))
    _check_phone(column, _("企业电话"))
    _check_phone(contact, _("企业联系人一栏的电话"))
    numbers = tuple(dict.fromkeys(column.numbers + contact.numbers))
    code = cells.text(Meaning.CODE)
    words = [found for word in contact.words or column.words if (found := value(_BRACKET.sub("", word)))]
    return RosterEntry(
        table=at.table,
        row=at.row,
        source_row=cells.row.number,
        person=person.name,
        enterprise=name,
        person_phone=person.phone,
        unit=person.unit,
        post=person.post,
        place=cells.text(Meaning.PLACE),
        contact=words[0] if words else "",
        contact_phone=numbers[0] if numbers else "",
        credit_code=_code(code),
        is_code_doubtful=bool(code) and not _code(code),
        note=cells.text(Meaning.NOTE),
        names_person=not continues,
        extra_phones=numbers[1:] + (() if continues else person.extra),
        extra_contacts=tuple(words[1:]),
    )


def _code(text: str) -> str:
    plain = re.sub(r"[\s-]", "", fold(text)).upper()
    return plain if _CODE.fullmatch(plain) else ""
