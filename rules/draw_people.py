"""Who checks whom and who took whose place, as the published proof of a draw tells it.

In the proof: `able` (ids of those who may check), `per_target` (how many check each), `conflicts` (by target: who must not),
`inspectors` (by target: who does), `replacements` (a list of `stratum`, `out`, `in` — null where nobody was left — and `reason`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rules.draw import inspectors
from rules.errors import RuleBroken
from rules.text import _

INSPECTORS, REPLACEMENTS = _("核查人员"), _("替换的次序")
SHAPE = {"able": list, "per_target": int, "conflicts": dict, "inspectors": dict, "replacements": list}


def assigned(
    seed: str, targets: Iterable[str], able: Iterable[str], conflicts: Mapping[str, Iterable[str]], per_target: int
) -> dict[str, list[str]]:
    """Who checks each target; raises RuleBroken("nobody-free")."""
    people = list(able)
    return {one: list(inspectors(seed, one, people, set(conflicts.get(one, ())), per_target)) for one in targets}


def odd_people(given: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[str]:
    """Labels of what does not follow; `again` is the proof recomputed. A proof without people names none.

    Raises RuleBroken("proof-odd") for people in another shape, RuleBroken("nobody-free").
    """
    if not SHAPE.keys() & given.keys():
        return
    if any(type(given.get(key)) is not kind for key, kind in SHAPE.items()) or not all(map(_is_step, given["replacements"])):
        raise RuleBroken("proof-odd", _("这不是抽样证明文件，请使用抽样公布时下载的 JSON 文件。"))
    if not _follows(given["replacements"], again):
        yield REPLACEMENTS
    targets = [one for ids in again["picks"].values() for one in ids] + [step["in"] for step in given["replacements"] if step["in"]]
    if given["inspectors"] != assigned(again["seed"], targets, given["able"], given["conflicts"], given["per_target"]):
        yield INSPECTORS


def _is_step(step: Any) -> bool:
    return isinstance(step, dict) and all(isinstance(step.get(key), str) for key in ("stratum", "out", "reason")) and isinstance(step.get("in"), str | None)


def _follows(steps: Iterable[Mapping[str, Any]], again: Mapping[str, Any]) -> bool:
    """Each replaces somebody drawn by the next of the same stratum in the fixed order, with a reason."""
    drawn = {name: list(ids) for name, ids in again["picks"].items()}
    for step in steps:
        taken, order = drawn.get(step["stratum"], []), again["order"].get(step["stratum"], [])
        following = next((one for one in order if one not in taken), None)
        if step["out"] not in taken or not step["reason"].strip() or step["in"] != following:
            return False
        if following:
            taken.append(following)
    return True
