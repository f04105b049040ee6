"""An invented copy of the two annexes, as large and as odd as clauses.md §4 counts them."""

from dataclasses import dataclass

DEFAULT, VARIANT = "Abc12345@", "Abc123456@"
SECRETS = (DEFAULT, VARIANT)
LEADERS = ["秦  甲", "梁  乙", "樊海丙", "罗昭丁", "杨志戊", "曹维己", "袁  庚", "王  辛"]
CADRES = [*LEADERS[:2], *LEADERS[3:], "梁小午", "马迎未", "豆小癸", "郭刚子", "童光寅", "马万壬"]
SHARE = [1, 1, 2, 2, 1, 1, 1, 1, 8, 3, 8, 3, 4]
VILLAGES = ["龙湾村", "西沟村", "南岭村", "南岭村", "西岭村", "西沟村", "西沟村", "龙湾村"]
CONTACTS = ["豆小癸", "童光寅", "孟田寅", "高地卯", "石水辰", "童光寅", "马万壬", "豆小癸"]


def phone(number: int) -> str:
    return f"199{number:08d}"


CONTACT_PHONES = [phone(index) for index in (1, 2, 3, 4, 5, 2, 6, 1)]
OWN_PHONES = [phone(20 + index) for index in range(13)]


@dataclass(frozen=True)
class Table:
    """`rows` of texts; "" in the first four cells of a continuation row."""

    title: str
    header: list[str]
    rows: list[list[str]]
    merged: int = 0


def leader_table() -> Table:
    rows = [
        [
            str(at + 1),
            f"清水县{at + 1}号山养殖合作社",
            VILLAGES[at],
            LEADERS[at],
            CONTACTS[at] + CONTACT_PHONES[at],
            "",
        ]
        for at in range(8)
    ]
    header = ["序号", "企业社名称", "经营\n场所", "包抓\n领导", "企业联系人", "备注"]
    return Table("领导包抓企业责任清单", header, rows)


def cadre_table() -> Table:
    rows, number = [], 0
    for at, share in enumerate(SHARE):
        password = VARIANT if at == 5 else DEFAULT
        for step in range(share):
            number += 1
            person = [CADRES[at], OWN_PHONES[at], f"xqydw{at}", password] if step == 0 else [""] * 4
            rows.append([*person, f"乡里第{number}家小店", _shop_phone(number)])
    return Table(
        "干部包保责任清单", ["责任人", "电话", "账号", "密码", "包保企业", "企业电话"], rows, merged=4
    )


def _shop_phone(number: int) -> str:
    own = {8: OWN_PHONES[10], 31: OWN_PHONES[11]}
    if number == 7:
        return ""
    return own.get(number, phone(99) if number in (32, 34, 36) else phone(40 + number))


def both() -> list[Table]:
    return [leader_table(), cadre_table()]


EXPECTED = {
    "tables": [
        {"kind": "leader-roster", "rows": 8, "persons": 8, "enterprises": 8},
        {"kind": "cadre-roster", "rows": 36, "persons": 13, "enterprises": 36},
    ],
    "cadres": 14,
    "enterprises": 44,
    "assignments": 44,
    "phones_missing": 1,
    "credentials_discarded": 13,
    "credential_values": 2,
}
EXPECTED_KINDS = {
    "shared-phone": 3,
    "cadre-phone-on-enterprise": 2,
    "self-dealing": 1,
    "same-name-different-phone": 3,
    "in-both-lists": 7,
    "missing-phone": 1,
}
