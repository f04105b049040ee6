"""How much of each fault, and from which dice: every number by a switch of the environment (docs/faults.md)."""

import os
import random


def amount(name: str, usual: int) -> int:
    """The switch `LIANXIN_<name>`, else the usual share of bin/test."""
    return int(os.environ.get(f"LIANXIN_{name}", usual))


def dice(what: str, *more: object) -> random.Random:
    """Dice whose seed is printed, so that a run can be had again with LIANXIN_SEED."""
    seed = os.environ.get("LIANXIN_SEED") or str(random.SystemRandom().randrange(10**9))
    told(what, *more, f"LIANXIN_SEED={seed}")
    return random.Random(f"{what} {seed}")


def told(*words: object) -> None:
    """A line of the run's own report (pytest -rP shows it, and every failure does)."""
    print("faults:", *words)
