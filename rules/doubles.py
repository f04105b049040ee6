"""When two rows of a register look like one: names in one spelling, blocks small enough to compare, and what counts as alike."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from rules.choices import Choice
from rules.rosters.tidy import squeeze
from rules.text import _


class DoubleKind(Choice):
    CLIENT = "client", _("服务对象")
    UNIT = "unit", _("单位站所")
    CONTACT = "contact", _("联系人")


class DoubleState(Choice):
    """DIFFERENT is remembered: the pair is not asked about again."""

    OPEN = "open", _("待核")
    DIFFERENT = "different", _("不是同一家")
    MERGED = "merged", _("已合并")


ALIKE, CORE_ALIKE, HALF = 85, 80, 50
BLOCK, WINDOW, GRAMS = 50, 10, 2
SHORTEST_ADDRESS = 5

_SIGNS = re.compile(r"[()（）\[\]【】《》“”\"'·.,，。、\-—_/]+")
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百零〇]+")
_FORMS = (
    (re.compile(r"(股份|责任)?有限(责任)?公司|公司"), "公司"),
    (re.compile(r"(农民|种养殖|专业)*合作社(联合社)?"), "合作社"),
    (re.compile(r"家庭农场|农场"), "农场"),
    (re.compile(r"办公室"), "办"),
    (re.compile(r"村民委员会|村委会|村“?两委”?"), "村委"),
)  # fmt: skip
_COMMON = re.compile(
    "公司|合作社|农场|养殖|种植|特色|食品|加工|农资|餐饮|便利|超市|商贸|商店|饭店|餐馆|面馆|门市|经营|服务|中心|综合|有限|专业|农民|[店部厂站所办社场]$"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of one row. `group` is where doubles may lie, `path` its place, `phone` a keyed hash, `sound` its pinyin."""

    id: int
    group: str
    path: str
    name: str
    core: str = ""
    sound: str = ""
    phone: str = ""
    address: str = ""
    person: str = ""


def plain_name(text: str, places: Collection[str] = ()) -> str:
    """“样例县丰禾（农资）有限责任公司” → “丰禾农资公司”: widths, signs, legal forms and the names of higher places don't count."""
    name = _SIGNS.sub("", squeeze(text))
    for place in places:
        for spelling in (place, place.rstrip("省市县区乡镇村")):
            if len(spelling) > 1 and name.startswith(spelling) and len(name) > len(spelling) + 1:
                name = name[len(spelling) :]
                break
    for form, short in _FORMS:
        name = form.sub(short, name)
    return name


def core_of(name: str) -> str:
    """“丰禾种植合作社” → “丰禾”: what distinguishes it from its neighbours in trade; the whole name where nothing is left."""
    return _COMMON.sub("", name) or name


def grams(core: str) -> list[str]:
    return [core[n : n + 2] for n in range(len(core) - 1)] or [core]


def keys(one: Facts, rare: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Blocks in which doubles of `one` would stand; `rare` are its rarest pairs of characters."""
    yield "name", one.group, one.name
    if one.sound:
        yield "sound", one.group, one.sound
    if one.phone:
        yield "phone", one.group, one.phone
    if len(one.address) >= SHORTEST_ADDRESS:
        yield "address", one.group, one.address
    if one.person:
        yield "person", one.group, one.person
    for gram in rare:
        yield "gram", one.group, gram


def judge(a: Facts, b: Facts, ratio: Callable[[str, str], float]) -> tuple[int, str] | None:
    """(score of 100, why in words) where the two may be one; `ratio` likens two texts from 0 to 100."""
    near = a.path.startswith(b.path) or b.path.startswith(a.path)
    phone, address = bool(a.phone) and a.phone == b.phone, bool(a.address) and a.address == b.address
    person, sound = bool(a.person) and a.person == b.person, bool(a.sound) and a.sound == b.sound
    likeness = 100.0 if a.name == b.name else ratio(a.name, b.name)
    if phone and (max(likeness, ratio(a.core, b.core)) >= HALF or address or person):
        return 98 if likeness == 100 else 94, _("电话相同，名称、地址或户主相近")
    if near and likeness == 100:
        return 96, _("名称相同")
    if near and sound:
        return 92, _("名称读音相同")
    if near and likeness >= ALIKE and numbers(a.name) == numbers(b.name) and ratio(a.core, b.core) >= CORE_ALIKE:
        return int(likeness), _("名称相近")
    if address and likeness >= HALF:
        return 88, _("地址相同，名称相近")
    return (80, _("户主相同")) if near and person else None


def numbers(name: str) -> list[str]:
    """“东岭11号” is no double of “东岭1号”: numbers say which one is meant."""
    return _NUMBER.findall(name)
