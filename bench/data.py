"""The rows of the invented county, the same for the same size: plain tuples, as the tables store them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

SEED = 20261120
MONTHS = 10
VILLAGES = 50
STEMS = ["丰禾", "绿源", "春晖", "万顺", "东岭", "西沟", "南坪", "北塬", "青禾", "沙滩", "柳湾", "红崖", "金川", "银杏", "双泉", "三台", "高平", "长岭"]
KINDS = ("合作社", "家庭农场", "小吃店", "建材门市", "农资店", "卫生服务部")
PLAIN = "企业满意度测评有“一般”及以下评价"
COMMON, RARE = "用电增容", "石桥"  # in every tenth order; in one
STATES = ("cancelled",) * 90 + ("draft",) * 2 + ("issued",) * 3 + ("replied",) * 3 + ("voided",) * 2


@dataclass(frozen=True)
class Scale:
    """How many of each; every enterprise answers once a month."""

    enterprises: int = 100_000
    cadres: int = 1_000
    orders: int = 1_000_000

    @property
    def ballots(self) -> int:
        return self.enterprises * MONTHS


FULL, SMALL, TINY = Scale(), Scale(1_000, 100, 10_000), Scale(120, 20, 400)


def path_of(n: int) -> tuple[int, str]:
    """Area number and path of the n-th row: villages 2 … 51 of township 1."""
    village = 2 + n % VILLAGES
    return village, f"1/{village}/"


def areas() -> Iterator[tuple[Any, ...]]:
    yield 1, 1, "样例乡", "township", None, None, "1/", None, None
    for n in range(VILLAGES):
        yield n + 2, 1, f"{STEMS[n % len(STEMS)]}{n}村", "village", None, 1, f"1/{n + 2}/", None, None


def cadres(scale: Scale) -> Iterator[tuple[Any, ...]]:
    for n in range(scale.cadres):
        yield n + 1, 1, f"u{n:031x}", 1, "1/", f"赵{STEMS[n % len(STEMS)]}{n}", None, "包抓干部", None, None, None, None, f"zhao{n}"


def clients(scale: Scale) -> Iterator[tuple[Any, ...]]:
    dice = Random(SEED)
    for n in range(scale.enterprises):
        name = f"{dice.choice(STEMS)}{dice.choice(STEMS)}{n}{KINDS[n % 6]}"
        state = "paused" if n % 50 == 7 else "active"
        phone = None if n % 20 == 3 else f"{n:032x}"
        yield (n + 1, 1, f"e{n:031x}", *path_of(n), "enterprise", name, "店主", None, phone, state, "", f"fenghe{n} fh{n}", "shop", None)


def assignments(scale: Scale) -> Iterator[tuple[Any, ...]]:
    for n in range(scale.enterprises):
        yield n + 1, 1, *path_of(n), "cadre", n + 1, n % scale.cadres + 1, "2026-01-01", None, "包保责任清单", ""


def rounds(scale: Scale, rule: int) -> Iterator[tuple[Any, ...]]:
    for n in range(MONTHS):
        month = f"2026-{n + 1:02d}"
        first, last = f"{month}-20 01:00:00.000000", f"{month}-28 16:00:00.000000"
        yield n + 1, 1, 1, "1/", rule, month, "frozen", first, last, scale.enterprises, "f" * 64, "[]", last


def invitations(scale: Scale) -> Iterator[tuple[Any, ...]]:
    for number, month, n in answered(scale):
        serial, mark = f"2026{month:02d}-{month}-{n + 1:04d}", f"{number:031x}"
        yield (
            number, 1, f"i{mark}", *path_of(n), month, n + 1, n + 1, n % scale.cadres + 1, serial, "answered", "plate", False, "", f"t{mark}", 0, "",
        )  # fmt: skip


def ballots(scale: Scale) -> Iterator[tuple[Any, ...]]:
    for number, month, n in answered(scale):
        level = 5 if number % 11 else 3
        yield (
            number, 1, f"b{number:031x}", *path_of(n), number, month, n % scale.cadres + 1, level, "[]", None,
            f"2026-{month:02d}-2{n % 8} 0{n % 9}:00:00.000000", "plate", "", None, 0, f"d{number:031x}",
        )  # fmt: skip


def answered(scale: Scale) -> Iterator[tuple[int, int, int]]:
    """Number of the row, month, number of the enterprise."""
    for number in range(scale.ballots):
        month, n = divmod(number, scale.enterprises)
        yield number + 1, month + 1, n


def orders(scale: Scale, rule: int) -> Iterator[tuple[Any, ...]]:
    for n in range(scale.orders):
        month = 1 + n * MONTHS // scale.orders
        state = STATES[n * 37 % 100]
        issued = state != "draft"
        yield (
            n + 1, 1, *path_of(n), number_of(n), f"bench:{n}", n % scale.cadres + 1, month, rule, matter_of(n, scale), "请改进",
            "请整改", "方案", "[]", state, str(date(2026, month, 1) + timedelta(days=n % 28)) if issued else None, "[]",
            "王主任" if issued else "", f"2026-{month:02d}-05 02:00:00.000000" if issued else None, None, "", None, 0, "", None,
        )  # fmt: skip


def number_of(n: int) -> str:
    return f"DB-2026{n % 12 + 1:02d}-7-{n}"


def matter_of(n: int, scale: Scale) -> str:
    if n == scale.orders // 3:
        return f"{RARE}头{PLAIN}"
    return f"{COMMON if n % 10 == 0 else '二〇二六年'}{PLAIN}"
