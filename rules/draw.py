"""A draw that anyone can redo by hand: frame, commitment, public dice, order, replacements.

Basis: QY-2.3c, SJ-3.2, HJ-3.1, CK-4.3b; 双随机 (国办发〔2015〕58号): objects and inspectors both at random,
with recusal. First the frame and the SHA-256 of a server value are shown, then dice are thrown in the
room: neither side alone can choose the seed.

Canonical text of a frame: one line `stratum TAB id` for each member, sorted by stratum and id by code
point, each line ended by LF, UTF-8. Seed: SHA-256 of `server value LF dice`. Place in the order: SHA-256
of `seed LF purpose LF id`, smallest first, where purpose is `target` or `inspector LF target id`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rules.errors import RuleBroken
from rules.text import _

LEAST_DICE, MOST_DICE = 20, 200
TARGET = "target"


@dataclass(frozen=True, order=True)
class Member:
    """One object that may be drawn, in its stratum."""

    stratum: str
    id: str


def digest(*parts: str) -> str:
    """SHA-256 in hex of the parts, one a line."""
    return sha256("\n".join(parts).encode()).hexdigest()


def frozen(members: Iterable[Member]) -> tuple[Member, ...]:
    """The frame in its one order; raises RuleBroken("frame-empty", "frame-twice" or "frame-odd")."""
    frame = tuple(sorted(members))
    if not frame:
        raise RuleBroken("frame-empty", _("抽样名单是空的，请先核对抽查范围。"))
    if len({member.id for member in frame}) < len(frame):
        raise RuleBroken("frame-twice", _("同一对象在抽样名单里出现了两次，请先查重。"))
    if any(sign in member.stratum + member.id for member in frame for sign in "\t\n"):
        raise RuleBroken("frame-odd", _("层名和编号里不能有制表符或换行。"))
    return frame


def frame_hash(frame: Sequence[Member]) -> str:
    return sha256("".join(f"{member.stratum}\t{member.id}\n" for member in frozen(frame)).encode()).hexdigest()


def check_frame(frame: Sequence[Member], published: str) -> None:
    """Refuse a frame that is not the published one; raises RuleBroken("frame-changed")."""
    if frame_hash(frame) != published:
        raise RuleBroken("frame-changed", _("抽样名单与公布的名单指纹不一致，不能抽取；请作废后重新抽样，并写明原因。"))


def seed(server_value: str, commitment: str, dice: str, used: Collection[str] = ()) -> str:
    """The seed from the committed server value and the dice thrown in the room (digits 1 to 6).

    Raises RuleBroken("seed-missing", "commitment-differs", "dice-odd", "dice-short", "dice-long" or "seed-reused").
    """
    if not server_value:
        raise RuleBroken("seed-missing", _("还没有公布承诺值，请先公布名单指纹和承诺值，再掷骰子。"))
    if digest(server_value) != commitment:
        raise RuleBroken("commitment-differs", _("服务器数值与公布的承诺值不一致，不能抽取；请作废后重新抽样，并写明原因。"))
    thrown = "".join(dice.split())
    if set(thrown) - set("123456"):
        raise RuleBroken("dice-odd", _("骰子点数只能是1到6，请逐个填写现场掷出的点数。"))
    if len(thrown) < LEAST_DICE:
        raise RuleBroken("dice-short", _("骰子至少掷{least}次，现在只有{n}次。"), least=LEAST_DICE, n=len(thrown))
    if len(thrown) > MOST_DICE:
        raise RuleBroken("dice-long", _("骰子最多记{most}次，现在有{n}次。"), most=MOST_DICE, n=len(thrown))
    made = digest(server_value, thrown)
    if made in used:
        raise RuleBroken("seed-reused", _("这个种子已经用过，请重新公布承诺值并重新掷骰子。"))
    return made


def ordered(seed_: str, ids: Iterable[str], *purpose: str) -> tuple[str, ...]:
    """Ids by SHA-256 of the seed, the purpose and the id."""
    return tuple(sorted(ids, key=lambda one: (digest(seed_, *purpose, one), one)))


def orders(seed_: str, frame: Sequence[Member]) -> dict[str, tuple[str, ...]]:
    """The whole order of every stratum: the first are drawn, the others replace them one by one."""
    names = sorted({member.stratum for member in frame})
    return {
        name: ordered(seed_, (member.id for member in frame if member.stratum == name), TARGET) for name in names
    }


def picks(order: Mapping[str, Sequence[str]], shares: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The first so many of every stratum."""
    return {name: tuple(order[name][: shares[name]]) for name in sorted(shares)}


def replacement(order: Sequence[str], taken: Collection[str], reason: str) -> str:
    """The next in the fixed order that was not taken; raises RuleBroken("reason-missing" or "stratum-spent")."""
    if not reason.strip():
        raise RuleBroken("reason-missing", _("请填写替换的原因。"))
    left = [one for one in order if one not in taken]
    if not left:
        raise RuleBroken("stratum-spent", _("这一层已经没有可替换的对象，请如实记为未能核查。"))
    return left[0]


def inspectors(
    seed_: str, target: str, able: Iterable[str], conflicted: Collection[str], count: int = 1
) -> tuple[str, ...]:
    """Who checks the target, by the same means, never anybody with a conflict (own line, unit, relative, assignment).

    Raises RuleBroken("nobody-free").
    """
    free = ordered(seed_, set(able) - set(conflicted), "inspector", target)
    if len(free) < count:
        raise RuleBroken("nobody-free", _("需要{count}名检查人员，回避后只有{n}名，请增派人员。"), count=count, n=len(free))
    return free[:count]


def check_able(able: Collection[int], conflicts: Mapping[str, Collection[int]], count: int = 1) -> None:
    """Everybody on the list can be checked by somebody without a conflict; raises RuleBroken("nobody-free")."""
    short = sum(len(set(able) - set(apart)) < count for apart in conflicts.values())
    if short or len(set(able)) < count:
        raise RuleBroken(
            "nobody-free", _("每个对象要{count}名检查人员，回避以后名单里有{n}个对象不够人查，请增派检查人员。"), count=count, n=short
        )
