"""The two annexes of QY-2.1a as the township knows them, and a blank to fill in; no accounts, no passwords."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from documents.letters.words import on
from documents.printed import Printed, Printer, Signed
from documents.sheets import open_book
from rules.masks import masked
from rules.rosters.report import RosterKind
from rules.text import _

LEADER_HEADS = (_("序号"), _("企业社名称"), _("经营场所"), _("包抓领导"), _("企业联系人"), _("备注"))
CADRE_HEADS = (_("责任人"), _("电话"), _("包保企业"), _("企业电话"))
MASKED = _("电话已遮盖，本表不能用来导入；需要完整号码的，请填写用途后另行导出。")


@dataclass(frozen=True)
class LeaderLine:
    """One enterprise covered by a leader; `phone` in digits, "" when not known."""

    enterprise: str
    place: str
    leader: str
    contact: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class CadreLine:
    """One enterprise covered by a cadre."""

    person: str
    person_phone: str
    enterprise: str
    phone: str = ""


def roster_sheet(
    leaders: Sequence[LeaderLine],
    cadres: Sequence[CadreLine],
    township: str,
    as_of: date,
    signed: Signed,
    *,
    plain_phones: bool = False,
) -> bytes:
    """Both lists as they stood on `as_of`, phones masked unless asked for plainly.

    Order is the caller's; a cadre's enterprises stand together under one name.
    """
    under = _("截至{day}，由包保关系台账生成。").format(day=on(as_of)) + ("" if plain_phones else MASKED)
    out = BytesIO()
    with open_book(out) as book:
        printer = Printer(book, signed)
        printer.add(_leader_list(leaders, township, under, plain_phones))
        printer.add(_cadre_list(cadres, township, under, plain_phones))
    return out.getvalue()


def _leader_list(lines: Sequence[LeaderLine], township: str, under: str, plain: bool) -> Printed:
    rows = [
        (at, one.enterprise, one.place, one.leader, _with_phone(one.contact, one.phone, plain), one.note)
        for at, one in enumerate(lines, start=1)
    ]
    label = RosterKind.LEADER.label
    return Printed(label, township + label, under, LEADER_HEADS, rows)


def _cadre_list(lines: Sequence[CadreLine], township: str, under: str, plain: bool) -> Printed:
    together: dict[tuple[str, str], list[CadreLine]] = {}
    for one in lines:
        together.setdefault((one.person, one.person_phone), []).append(one)
    rows = [
        (person, _phone(number, plain), one.enterprise, _phone(one.phone, plain))
        for (person, number), group in together.items()
        for one in group
    ]
    label = RosterKind.CADRE.label
    return Printed(label, township + label, under, CADRE_HEADS, rows, merged=2)


def _phone(number: str, plain: bool) -> str:
    return number if plain or not number else masked("phone", number)


def _with_phone(contact: str, number: str, plain: bool) -> str:
    return " ".join(part for part in (contact, _phone(number, plain)) if part)
