"""The plan files as the tests read them, each once."""

from functools import cache
from pathlib import Path

from rules.plan import PlanBook, PlanPack
from rules.plan_load import load_holidays, load_pack

PLANS = Path(__file__).parents[2] / "plans"


def text(name: str) -> str:
    return (PLANS / f"{name}.toml").read_text(encoding="utf-8")


@cache
def calendar():
    return load_holidays(text("holidays"), "holidays.toml")


@cache
def national() -> PlanPack:
    return load_pack(text("national"), "national.toml")


@cache
def book() -> PlanBook:
    return PlanBook((national(), load_pack(text("wuqingyuan"), "wuqingyuan.toml", (national(),))))
