"""The published proof of a draw, and its recomputation from the published file alone.

A proof is a JSON object: `format`, `frame` (pairs of stratum and id), `frame_hash`, `commitment`,
`server_value`, `dice`, `seed`, `size`, `weights` and `shares` (by stratum), `order` and `picks` (lists of
ids by stratum). Everything but frame, server value, dice, size and weights follows from these. Where people
check, it also names them: see `rules.draw_people`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rules.draw import Member, digest, frame_hash, frozen, orders, picks, seed
from rules.draw_people import odd_people
from rules.errors import RuleBroken
from rules.sample_size import allocate
from rules.text import _

FORMAT = "lianxin-draw-1"
GIVEN = {"frame": list, "server_value": str, "dice": str, "size": int, "weights": dict}
LABELS = {
    "format": _("格式"),
    "frame": _("抽样名单的顺序"),
    "frame_hash": _("名单指纹"),
    "commitment": _("承诺值"),
    "dice": _("骰子点数"),
    "seed": _("种子"),
    "shares": _("各层样本数"),
    "order": _("各层次序"),
    "picks": _("抽中的对象"),
}


def proof(
    frame: Sequence[Member], server_value: str, dice: str, size: int, weights: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """The whole proof, from what was given; raises RuleBroken as the steps of the draw do."""
    members = frozen(frame)
    commitment = digest(server_value)
    made = seed(server_value, commitment, dice)
    order = orders(made, members)
    shares = allocate(Counter(member.stratum for member in members), size, weights)
    return {
        "format": FORMAT,
        "frame": [[member.stratum, member.id] for member in members],
        "frame_hash": frame_hash(members),
        "commitment": commitment,
        "server_value": server_value,
        "dice": "".join(dice.split()),
        "seed": made,
        "size": size,
        "weights": dict(weights or {}),
        "shares": shares,
        "order": {name: list(ids) for name, ids in order.items()},
        "picks": {name: list(ids) for name, ids in picks(order, shares).items()},
    }


def differences(published: object) -> tuple[str, ...]:
    """Labels of what in the published proof does not follow from its givens; empty when all of it does.

    Raises RuleBroken("proof-odd") for what is no proof, and what the steps of the draw refuse.
    """
    given = _given(published)
    frame = [Member(*pair) for pair in given["frame"]]
    again = proof(frame, given["server_value"], given["dice"], given["size"], given["weights"])
    wrong = tuple(label for key, label in LABELS.items() if given.get(key) != again[key])
    return (*wrong, *odd_people(given, again))


def _given(published: object) -> Mapping[str, Any]:
    if not isinstance(published, dict) or any(type(published.get(key)) is not kind for key, kind in GIVEN.items()):
        raise _odd()
    if not all(isinstance(pair, list) and [type(part) for part in pair] == [str, str] for pair in published["frame"]):
        raise _odd()
    if not all(type(weight) is int for weight in published["weights"].values()):
        raise _odd()
    return published


def _odd() -> RuleBroken:
    return RuleBroken("proof-odd", _("这不是抽样证明文件，请使用抽样公布时下载的 JSON 文件。"))
