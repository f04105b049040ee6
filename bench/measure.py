"""Samples taken in turns, so that a slow minute of the machine slows everybody alike."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Act = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """Milliseconds."""

    all: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.all)

    @property
    def p95(self) -> float:
        return sorted(self.all)[min(int(len(self.all) * 0.95), len(self.all) - 1)]


def timed(act: Act) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def in_turns(acts: Mapping[str, Act], turns: int, longest: float = 20.0) -> dict[str, Times]:
    """Each act once per turn after one unmeasured turn; stops early when all together took `longest` seconds."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    began = time.perf_counter()
    gc.collect()
    for _turn in range(turns):
        for name, act in acts.items():
            found[name].append(timed(act))
        if time.perf_counter() - began > longest:
            break
    return {name: Times(tuple(samples)) for name, samples in found.items()}
